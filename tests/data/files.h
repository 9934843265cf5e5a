/**
 * @file
 * Small files for tests.
 */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATH_BYTES = 256 };

/* One file with a name that nothing else uses. */
struct scratch_file {
    char path[PATH_BYTES];
};

static inline struct scratch_file scratch_name(const char *ending) {
    static const char PATTERN[] = "modsweep-test-XXXXXX";
    struct scratch_file file;
    const char *folder = getenv("TMPDIR");
    (void)snprintf(file.path, sizeof file.path, "%s/%s%s", folder == NULL ? "/tmp" : folder,
                   PATTERN, ending);
    int descriptor = mkstemps(file.path, (int)strlen(ending));
    assert_true(descriptor >= 0);
    assert_int_equal(close(descriptor), 0);
    return file;
}

static inline struct scratch_file scratch_bytes(const char *ending, const char *text,
                                                size_t length) {
    struct scratch_file file = scratch_name(ending);
    FILE *stream = fopen(file.path, "wb");
    assert_non_null(stream);
    assert_int_equal(fwrite(text, 1, length, stream), length);
    assert_int_equal(fclose(stream), 0);
    return file;
}

static inline void scratch_remove(const struct scratch_file *file) {
    assert_int_equal(unlink(file->path), 0);
}
