#include "store/merge_files.h"

#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

enum { OTHER_FILES = 32 }; /* that a process has open besides, with room to spare */

/* Which file a path leads to, through links of either kind. */
struct identity {
    dev_t device;
    ino_t number;
};

static bool merge_files_identify(const char *path, struct identity *identity) {
    struct stat found;
    bool there = stat(path, &found) == 0;
    *identity = there ? (struct identity){found.st_dev, found.st_ino} : (struct identity){0};
    return there;
}

static bool merge_files_are_same(const struct identity *a, const struct identity *b) {
    return a->device == b->device && a->number == b->number;
}

enum status merge_files_check_output(const char *output, const char *const *paths, size_t count,
                                     struct error *error) {
    struct identity own;
    struct stat link;
    bool there = merge_files_identify(output, &own);
    for (size_t k = 0; k < count; k++) {
        struct identity other;
        if (there && merge_files_identify(paths[k], &other) && merge_files_are_same(&own, &other)) {
            return error_set(
                error, STATUS_BAD_INPUT,
                "cannot merge a file into itself: %s is %s; give the merged file a "
                "name of its own",
                output, strcmp(output, paths[k]) == 0 ? "one of the files to be merged" : paths[k]);
        }
    }
    return there || lstat(output, &link) == 0
               ? error_set(error, STATUS_BAD_INPUT,
                           "%s exists already and is not replaced; give the merged file a new name",
                           output)
               : STATUS_OK;
}

/* Lets the process open as many files as are given, where the system allows that. */
static enum status merge_files_allow(size_t count, struct error *error) {
    struct rlimit limit;
    const rlim_t wanted = (rlim_t)count + OTHER_FILES;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted) {
        return STATUS_OK;
    }
    rlim_t most = limit.rlim_max;
    limit.rlim_cur = wanted < most ? wanted : most;
    if (most < wanted || setrlimit(RLIMIT_NOFILE, &limit) != 0) {
        return error_set(error, STATUS_SYSTEM,
                         "a process may open only %llu files here (ulimit -n), and %zu are to be "
                         "merged: merge some of them first, and then the results",
                         (unsigned long long)most, count);
    }
    return STATUS_OK;
}

/* All files are opened before any is read: an open file stays where it lies in memory, and would
 * keep what reading frees from being used again. */
enum status merge_files_open(const char *const *paths, size_t count, struct arena *arena,
                             struct merge_inputs *inputs, struct error *error) {
    struct identity *known;
    TRY(merge_files_allow(count, error));
    TRY(ARENA_NEW(arena, known, count, error));
    TRY(ARENA_NEW(arena, inputs->list, count, error));
    for (size_t k = 0; k < count; k++) {
        struct identity *own = &known[inputs->count];
        bool same = false;
        bool there = merge_files_identify(paths[k], own);
        for (size_t i = 0; there && i < inputs->count; i++) {
            same = same || merge_files_are_same(&known[i], own);
        }
        if (same) {
            inputs->same_count++;
        } else {
            TRY(reader_open(paths[k], &inputs->list[inputs->count].reader, error));
            inputs->count++;
        }
    }
    return STATUS_OK;
}

void merge_files_close(struct merge_inputs *inputs) {
    for (size_t k = 0; k < inputs->count; k++) {
        reader_release(&inputs->list[k].reader);
    }
}
