/**
 * @file
 * Sets of results files to be merged, each the fixture's, in a folder of its own. One C file a test
 * program includes it.
 */
#pragma once

#include "fixture.h"

#include "store/merge.h"
#include "store/parts.h"

#include <dirent.h>

/* Jobs 0…29 under hashes 0…29; another sweep's begin at SHIFT. */
enum { JOBS = 30, SHIFT = 20, UNION = JOBS + SHIFT, FILES_MAX = 5 };

struct set {
    size_t count;
    struct fixture files[FILES_MAX];
    char output[PATH_BYTES];
    struct merge_summary summary;
    struct error error;
};

/* File number `count` of the set, in a folder of its own. */
static inline struct fixture *add(struct set *set, size_t latents) {
    struct fixture *file = &set->files[set->count++];
    fixture_start(file, JOBS, latents);
    if (set->count == 1) {
        assert_true(snprintf(set->output, sizeof set->output, "%.200s/merged.h5", file->folder) >
                    0);
    }
    return file;
}

static inline void end(struct set *set) {
    for (size_t k = 0; k < set->count; k++) {
        fixture_end(&set->files[k]);
    }
}

static inline enum status merge_with(struct set *set, const struct sweep *sweep) {
    const char *paths[FILES_MAX];
    const struct sweep *sweeps[FILES_MAX] = {sweep};
    struct merge *merge;
    for (size_t k = 0; k < set->count; k++) {
        paths[k] = set->files[k].path;
    }
    TRY(merge_open(set->output, paths, set->count, &merge, &set->error));
    enum status status =
        merge_write(merge, sweeps, (struct merge_progress){0}, &set->summary, &set->error);
    set->summary.inputs = NULL;
    merge_release(&merge);
    return status;
}

static inline void merge(struct set *set) {
    assert_ok(&set->error, merge_with(set, NULL));
}

/* The file that was made, seen as one of the first fixture's. */
static inline struct results_reader *open_output(struct set *set) {
    struct results_reader *reader;
    assert_ok(&set->error, reader_open(set->output, &reader, &set->error));
    return reader;
}

static inline void write_all(struct fixture *file) {
    int64_t jobs[JOBS];
    size_t count = 0;
    for (int64_t job = 0; job < JOBS; job++) {
        if (shard_has(&file->shard, job)) {
            jobs[count++] = job;
        }
    }
    fixture_write(file, jobs, count, ROW_DONE);
}

static inline void assert_nothing_left(const struct set *set) {
    DIR *folder = opendir(set->files[0].folder);
    assert_non_null(folder);
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        assert_null(strstr(entry->d_name, "merged"));
    }
    assert_int_equal(closedir(folder), 0);
}

static inline void assert_refused(struct set *set, const char *text) {
    assert_int_equal(merge_with(set, NULL), STATUS_BAD_INPUT);
    assert_message(&set->error, text);
    assert_nothing_left(set);
}
