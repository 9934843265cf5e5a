/* Digests of files: the same bytes, the same digest; a changed file is found out. */
#include "base/digest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static void write_text(const char *path, const char *text) {
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void test_a_changed_file_is_found_out(void **state) {
    (void)state;
    char path[] = "/tmp/modsweep-digest-XXXXXX";
    struct error error;
    struct digest before;
    struct digest after;
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(close(file), 0);
    write_text(path, "1,2\n");
    assert_int_equal(digest_of_file(path, &before, &error), STATUS_OK);
    assert_int_equal(digest_check(path, before, &error), STATUS_OK);
    write_text(path, "1,3\n");
    assert_int_equal(digest_check(path, before, &error), STATUS_BAD_INPUT);
    assert_non_null(strstr(error.message, path));
    assert_non_null(strstr(error.message, "has changed"));
    write_text(path, "1,2\n");
    assert_int_equal(digest_of_file(path, &after, &error), STATUS_OK);
    assert_true(after.high == before.high && after.low == before.low);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(digest_check(path, before, &error), STATUS_BAD_INPUT);
}

static void test_folders_and_untaken_digests(void **state) {
    (void)state;
    struct error error;
    struct digest digest;
    assert_int_equal(digest_of_file("/tmp", &digest, &error), STATUS_BAD_INPUT);
    assert_int_equal(digest_check("/nonexistent", (struct digest){0, 0}, &error), STATUS_OK);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_changed_file_is_found_out),
        cmocka_unit_test(test_folders_and_untaken_digests),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
