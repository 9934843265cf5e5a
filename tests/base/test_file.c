/* Folders are no files, and binary files no texts. */

#include "base/file.h"

#include "check.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void write_file(char *name, const char *bytes, size_t count) {
    int file = mkstemp(name);
    assert_true(file >= 0);
    assert_int_equal(write(file, bytes, count), count);
    assert_int_equal(close(file), 0);
}

static void test_text(void **state) {
    (void)state;
    char name[] = "/tmp/test_file_XXXXXX";
    struct error error = {0};
    SCOPED(arena_free) struct arena arena = {0};
    const char *text;
    write_file(name, "seed: 1\n", strlen("seed: 1\n"));
    assert_ok(&error, file_text(name, &arena, &text, &error));
    assert_string_equal(text, "seed: 1\n");
    assert_int_equal(truncate(name, 0), 0);
    assert_ok(&error, file_text(name, &arena, &text, &error));
    assert_string_equal(text, "");
    assert_int_equal(unlink(name), 0);
}

static void test_refusals(void **state) {
    (void)state;
    char name[] = "/tmp/test_file_XXXXXX";
    struct error error = {0};
    SCOPED(arena_free) struct arena arena = {0};
    const char *text;
    FILE *file;
    write_file(name, "a\0b", 3);
    assert_int_equal(file_text(name, &arena, &text, &error), STATUS_BAD_INPUT);
    assert_message(&error, "is a binary file, expected a YAML text");
    assert_int_equal(truncate(name, (off_t)65 * 1024 * 1024), 0);
    assert_int_equal(file_text(name, &arena, &text, &error), STATUS_BAD_INPUT);
    assert_message(&error, "is too large for a sweep: 68157440 bytes");
    assert_int_equal(unlink(name), 0);
    assert_int_equal(file_open(name, &file, NULL, &error), STATUS_BAD_INPUT);
    assert_message(&error, "cannot open '/tmp/test_file_");
    assert_int_equal(file_open("/tmp", &file, NULL, &error), STATUS_BAD_INPUT);
    assert_string_equal(error.message, "'/tmp' is a folder, expected a file");
    assert_null(file);
}

static void test_folders(void **state) {
    (void)state;
    static const char *const paths[][2] = {
        {"sweep.yaml", ""}, {"a/b.yaml", "a/"}, {"/b.yaml", "/"}, {"a/b/", "a/b/"}, {"", ""}};
    struct error error = {0};
    SCOPED(arena_free) struct arena arena = {0};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        const char *folder;
        assert_ok(&error, file_folder(paths[i][0], &arena, &folder, &error));
        assert_string_equal(folder, paths[i][1]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_folders),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
