#include "store/checkpoint.h"

#include "base/file.h"
#include "base/text.h"
#include "store/temporary.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#define FILE_ENDING ".bundle"
#define UNFINISHED ".new-"

enum { CHECKPOINT_FORMAT = 1, ALIGNMENT_BYTES = 8, FOLDER_MODE = 0777 };
enum { FILE_MODE = 0666 };

static const char magic[8] = {'m', 'o', 'd', 's', 'w', 'e', 'e', 'p'};

/* The file: this, then its lanes, then their data, each from a multiple of 8 bytes on. */
struct head {
    char magic[sizeof magic];
    uint64_t format;
    uint64_t checksum; /* XXH3-64 of all that follows it */
    uint64_t bytes;    /* of the file */
    int64_t key, step;
    double seconds, cost;
    uint64_t count;
};

struct head_lane {
    int64_t job;
    struct job_hash hash;
    uint64_t bytes;
};

static size_t checkpoint_aligned(size_t bytes) {
    return (bytes + ALIGNMENT_BYTES - 1) / ALIGNMENT_BYTES * ALIGNMENT_BYTES;
}

static uint64_t checkpoint_checksum_of(const void *image, size_t bytes) {
    const size_t from = offsetof(struct head, bytes);
    return XXH3_64bits((const unsigned char *)image + from, bytes - from);
}

static enum status checkpoint_folder_of(const char *results_path, struct arena *arena,
                                        const char **folder, struct error *error) {
    return arena_printf(arena, folder, error, "%s.checkpoints", results_path);
}

static enum status checkpoint_path_of(const char *results_path, int64_t key, struct arena *arena,
                                      const char **path, struct error *error) {
    return arena_printf(arena, path, error, "%s.checkpoints/%lld" FILE_ENDING, results_path,
                        (long long)key);
}

/* The file's bytes. */
static enum status checkpoint_make_image(const struct checkpoint *checkpoint, struct arena *arena,
                                         unsigned char **image, size_t *bytes,
                                         struct error *error) {
    size_t at = sizeof(struct head) + checkpoint->count * sizeof(struct head_lane);
    *bytes = at;
    for (size_t k = 0; k < checkpoint->count; k++) {
        *bytes += checkpoint_aligned(checkpoint->lanes[k].bytes);
    }
    TRY(ARENA_NEW(arena, *image, *bytes, error));
    struct head head = {.format = CHECKPOINT_FORMAT,
                        .bytes = *bytes,
                        .key = checkpoint->key,
                        .step = checkpoint->step,
                        .seconds = checkpoint->seconds,
                        .cost = checkpoint->cost,
                        .count = checkpoint->count};
    memcpy(head.magic, magic, sizeof magic);
    for (size_t k = 0; k < checkpoint->count; k++) {
        const struct checkpoint_lane *lane = &checkpoint->lanes[k];
        struct head_lane entry = {lane->job, lane->hash, lane->bytes};
        memcpy(*image + sizeof head + k * sizeof entry, &entry, sizeof entry);
        memcpy(*image + at, lane->data, lane->bytes);
        at += checkpoint_aligned(lane->bytes);
    }
    memcpy(*image, &head, sizeof head);
    head.checksum = checkpoint_checksum_of(*image, *bytes);
    memcpy(*image, &head, sizeof head);
    return STATUS_OK;
}

static enum status checkpoint_write_image(int descriptor, const unsigned char *image, size_t bytes,
                                          const char *path, struct error *error) {
    size_t written = 0;
    while (written < bytes) {
        ssize_t step = write(descriptor, image + written, bytes - written);
        if (step < 0 && errno == EINTR) {
            continue;
        }
        if (step <= 0) {
            return error_set(error, STATUS_STORAGE, "cannot write %s: %s", path, strerror(errno));
        }
        written += (size_t)step;
    }
    return fsync(descriptor) == 0
               ? STATUS_OK
               : error_set(error, STATUS_STORAGE, "cannot sync %s: %s", path, strerror(errno));
}

static enum status checkpoint_write_file(const char *path, const char *temporary,
                                         const unsigned char *image, size_t bytes,
                                         struct error *error) {
    SCOPED(file_release_descriptor)
    int descriptor = open(temporary, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, FILE_MODE);
    if (descriptor < 0) {
        return error_set(error, STATUS_STORAGE, "cannot create %s: %s", temporary, strerror(errno));
    }
    TRY(checkpoint_write_image(descriptor, image, bytes, temporary, error));
    return rename(temporary, path) == 0
               ? STATUS_OK
               : error_set(error, STATUS_STORAGE, "cannot name %s: %s", path, strerror(errno));
}

enum status checkpoint_write(const char *results_path, const struct checkpoint *checkpoint,
                             int64_t run_epoch, struct error *error) {
    SCOPED(arena_free) struct arena arena = {0};
    unsigned char *image;
    size_t bytes;
    const char *folder;
    const char *path;
    const char *temporary;
    TRY(checkpoint_folder_of(results_path, &arena, &folder, error));
    TRY(checkpoint_path_of(results_path, checkpoint->key, &arena, &path, error));
    TRY(arena_printf(&arena, &temporary, error, "%s" UNFINISHED "%lld", path,
                     (long long)run_epoch));
    TRY(checkpoint_make_image(checkpoint, &arena, &image, &bytes, error));
    if (mkdir(folder, FOLDER_MODE) != 0 && errno != EEXIST) {
        return error_set(error, STATUS_STORAGE, "cannot create %s: %s", folder, strerror(errno));
    }
    enum status status = checkpoint_write_file(path, temporary, image, bytes, error);
    if (status != STATUS_OK) {
        (void)unlink(temporary);
        return status;
    }
    return temporary_settle(path, error);
}

static enum status checkpoint_damaged(struct error *error, const char *path) {
    return error_set(error, STATUS_STORAGE, "%s is not a checkpoint, or is damaged", path);
}

/* Reads the whole file. Its size comes from the system, so that a damaged head cannot ask for
 * memory. */
static enum status checkpoint_read_image(const char *path, struct arena *arena,
                                         unsigned char **image, size_t *bytes,
                                         struct error *error) {
    SCOPED(file_release) FILE *file = fopen(path, "rb");
    struct stat found;
    if (file == NULL || fstat(fileno(file), &found) != 0) {
        return error_set(error, STATUS_STORAGE, "cannot read %s: %s", path, strerror(errno));
    }
    *bytes = (size_t)found.st_size;
    TRY(ARENA_NEW(arena, *image, *bytes + 1, error));
    return fread(*image, 1, *bytes, file) == *bytes ? STATUS_OK : checkpoint_damaged(error, path);
}

static bool checkpoint_is_whole(const unsigned char *image, size_t bytes, struct head *head) {
    if (bytes < sizeof *head) {
        return false;
    }
    memcpy(head, image, sizeof *head);
    return memcmp(head->magic, magic, sizeof magic) == 0 && head->format == CHECKPOINT_FORMAT &&
           head->bytes == bytes && head->count <= CHECKPOINT_LANES_MAX &&
           sizeof *head + head->count * sizeof(struct head_lane) <= bytes &&
           head->checksum == checkpoint_checksum_of(image, bytes);
}

enum status checkpoint_read(const char *results_path, int64_t key, struct arena *arena,
                            struct checkpoint *checkpoint, struct error *error) {
    const char *path;
    unsigned char *image = NULL;
    size_t bytes = 0;
    struct head head;
    TRY(checkpoint_path_of(results_path, key, arena, &path, error));
    TRY(checkpoint_read_image(path, arena, &image, &bytes, error));
    if (!checkpoint_is_whole(image, bytes, &head) || head.key != key) {
        return checkpoint_damaged(error, path);
    }
    *checkpoint = (struct checkpoint){.key = key,
                                      .step = head.step,
                                      .seconds = head.seconds,
                                      .cost = head.cost,
                                      .count = head.count};
    size_t at = sizeof head + head.count * sizeof(struct head_lane);
    for (size_t k = 0; k < head.count; k++) {
        struct head_lane entry;
        memcpy(&entry, image + sizeof head + k * sizeof entry, sizeof entry);
        if (entry.bytes > bytes - at) {
            return checkpoint_damaged(error, path);
        }
        checkpoint->lanes[k] =
            (struct checkpoint_lane){entry.job, entry.hash, entry.bytes, image + at};
        at += checkpoint_aligned(entry.bytes);
    }
    return at == bytes ? STATUS_OK : checkpoint_damaged(error, path);
}

/* The key in a name such as "12.bundle"; −1 in others. */
static int64_t checkpoint_key_of(const char *name) {
    int64_t key;
    bool good = text_integer_from(&name, 0, INT64_MAX, &key) && strcmp(name, FILE_ENDING) == 0;
    return good ? key : -1;
}

static int checkpoint_by_number(const void *a, const void *b) {
    const int64_t *left = a;
    const int64_t *right = b;
    return (*left > *right) - (*left < *right);
}

static enum status checkpoint_keep_key(struct arena *arena, int64_t key, int64_t **keys,
                                       size_t *count, size_t *room, struct error *error) {
    enum { MIN_ROOM = 64 };
    if (*count == *room) {
        int64_t *more;
        *room = *room == 0 ? MIN_ROOM : 2 * *room;
        TRY(ARENA_NEW(arena, more, *room, error));
        if (*count > 0) {
            memcpy(more, *keys, *count * sizeof *more);
        }
        *keys = more;
    }
    (*keys)[(*count)++] = key;
    return STATUS_OK;
}

static enum status checkpoint_list_folder(DIR *folder, struct arena *arena, int64_t **keys,
                                          size_t *count, struct error *error) {
    size_t room = 0;
    for (const struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        int64_t key = checkpoint_key_of(entry->d_name);
        if (strstr(entry->d_name, FILE_ENDING UNFINISHED) != NULL) {
            (void)unlinkat(dirfd(folder), entry->d_name, 0);
        } else if (key >= 0) {
            TRY(checkpoint_keep_key(arena, key, keys, count, &room, error));
        }
    }
    return STATUS_OK;
}

enum status checkpoint_keys(const char *results_path, struct arena *arena, int64_t **keys,
                            size_t *count, struct error *error) {
    const char *path;
    *keys = NULL;
    *count = 0;
    TRY(checkpoint_folder_of(results_path, arena, &path, error));
    SCOPED(file_release_folder) DIR *folder = opendir(path);
    if (folder == NULL) {
        return errno == ENOENT ? STATUS_OK
                               : error_set(error, STATUS_STORAGE, "cannot read folder %s: %s", path,
                                           strerror(errno));
    }
    TRY(checkpoint_list_folder(folder, arena, keys, count, error));
    if (*count > 0) {
        qsort(*keys, *count, sizeof **keys, checkpoint_by_number);
    }
    return STATUS_OK;
}

enum status checkpoint_remove(const char *results_path, int64_t key, struct error *error) {
    SCOPED(arena_free) struct arena arena = {0};
    const char *path;
    TRY(checkpoint_path_of(results_path, key, &arena, &path, error));
    return unlink(path) == 0 || errno == ENOENT
               ? STATUS_OK
               : error_set(error, STATUS_STORAGE, "cannot remove %s: %s", path, strerror(errno));
}

void checkpoint_remove_folder(const char *results_path) {
    SCOPED(arena_free) struct arena arena = {0};
    struct error ignored;
    const char *folder;
    if (checkpoint_folder_of(results_path, &arena, &folder, &ignored) == STATUS_OK) {
        (void)rmdir(folder); /* fails where checkpoints are left */
    }
}
