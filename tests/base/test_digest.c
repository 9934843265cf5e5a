/* Digests of files: the same bytes, the same digest; a changed file is noticed. */
#include "base/digest.h"

#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void test_a_changed_file_is_found_out(void **state) {
    (void)state;
    struct scratch_file file = scratch_name("");
    const char *path = file.path;
    struct error error;
    struct digest before;
    struct digest after;
    file_write_text(path, "1,2\n");
    assert_ok(&error, digest_of_file(path, &before, &error));
    assert_ok(&error, digest_check(path, before, &error));
    file_write_text(path, "1,3\n");
    assert_int_equal(digest_check(path, before, &error), STATUS_BAD_INPUT);
    assert_message(&error, path);
    assert_message(&error, "has changed");
    file_write_text(path, "1,2\n");
    assert_ok(&error, digest_of_file(path, &after, &error));
    assert_true(after.high == before.high && after.low == before.low);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(digest_check(path, before, &error), STATUS_BAD_INPUT);
}

static void test_folders_and_untaken_digests(void **state) {
    (void)state;
    struct error error;
    struct digest digest;
    assert_int_equal(digest_of_file("/tmp", &digest, &error), STATUS_BAD_INPUT);
    assert_ok(&error, digest_check("/nonexistent", (struct digest){0, 0}, &error));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_changed_file_is_found_out),
        cmocka_unit_test(test_folders_and_untaken_digests),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
