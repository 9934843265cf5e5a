/**
 * @file
 * What unit tests share: cmocka, assertions on errors and numbers, folders and files of a test's
 * own.
 */
#pragma once

#include "base/arena.h"

#include <ftw.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum { PATH_BYTES = 256 };

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/** The call must return STATUS_OK; if not, the test fails with the message in *error. */
#define assert_ok(error, call)                                                                     \
    do {                                                                                           \
        if ((call) != STATUS_OK) {                                                                 \
            fail_msg("%s: %s", #call, (error)->message);                                           \
        }                                                                                          \
    } while (0)

/** The message in *error must contain the text. */
#define assert_message(error, text)                                                                \
    do {                                                                                           \
        if (strstr((error)->message, (text)) == NULL) {                                            \
            fail_msg("'%s' does not say '%s'", (error)->message, (text));                          \
        }                                                                                          \
    } while (0)

/** The two numbers may differ by `tolerance`; NaN is never near. */
#define assert_near(found, expected, tolerance)                                                    \
    do {                                                                                           \
        const double found_number_ = (found);                                                      \
        const double expected_number_ = (expected);                                                \
        if (!(fabs(found_number_ - expected_number_) <= (tolerance))) {                            \
            fail_msg("%s is %.17g instead of %.17g", #found, found_number_, expected_number_);     \
        }                                                                                          \
    } while (0)

/** For cmocka_unit_test_setup_teardown: *state is an empty arena, freed after the test. */
static inline int arena_set_up(void **state) {
    *state = calloc(1, sizeof(struct arena));
    return *state == NULL;
}

static inline int arena_tear_down(void **state) {
    arena_free(*state);
    free(*state);
    return 0;
}

/** Writes "FOLDER/modsweep-test-XXXXXXENDING" to `path`, FOLDER being $TMPDIR or /tmp. */
static inline void path_pattern(char path[static PATH_BYTES], const char *ending) {
    const char *folder = getenv("TMPDIR");
    assert_in_range(snprintf(path, PATH_BYTES, "%s/modsweep-test-XXXXXX%s",
                             folder == NULL ? "/tmp" : folder, ending),
                    1, PATH_BYTES - 1);
}

/** Makes a folder with a name that nothing else uses. */
static inline void folder_make(char path[static PATH_BYTES]) {
    path_pattern(path, "");
    assert_non_null(mkdtemp(path));
}

static inline int remove_visited(const char *path, const struct stat *found, int type,
                                 struct FTW *place) {
    (void)found, (void)type, (void)place;
    return remove(path);
}

/** Removes a folder and everything in it. */
static inline void folder_remove(const char *path) {
    enum { DESCRIPTORS = 8 };
    assert_int_equal(nftw(path, remove_visited, DESCRIPTORS, FTW_DEPTH | FTW_PHYS), 0);
}

/** Writes `count` bytes to a file. */
static inline void file_write(const char *path, const void *bytes, size_t count) {
    FILE *stream = fopen(path, "wb");
    assert_non_null(stream);
    assert_int_equal(fwrite(bytes, 1, count, stream), count);
    assert_int_equal(fclose(stream), 0);
}

static inline void file_write_text(const char *path, const char *text) {
    file_write(path, text, strlen(text));
}

/** One file with a name that nothing else uses. */
struct scratch_file {
    char path[PATH_BYTES];
};

/** An empty file whose name ends in `ending`. */
static inline struct scratch_file scratch_name(const char *ending) {
    struct scratch_file file;
    path_pattern(file.path, ending);
    int descriptor = mkstemps(file.path, (int)strlen(ending));
    assert_true(descriptor >= 0);
    assert_int_equal(close(descriptor), 0);
    return file;
}

static inline struct scratch_file scratch_bytes(const char *ending, const void *bytes,
                                                size_t count) {
    struct scratch_file file = scratch_name(ending);
    file_write(file.path, bytes, count);
    return file;
}

static inline void scratch_remove(const struct scratch_file *file) {
    assert_int_equal(unlink(file->path), 0);
}
