/* Names of files, with the part of an HDF5 file after a colon. */

#include "parameter/file_reference.h"

#include "check.h"

static void test_split(void **state) {
    (void)state;
    static const char *const texts[][3] = {
        {"a.csv", "a.csv", ""}, {"a.csv:b", "a.csv:b", ""},        {"a.h5:/x/y", "a.h5", "/x/y"},
        {"a.h5", "a.h5", ""},   {"c:d.nc:/x:y", "c:d.nc", "/x:y"}, {"a.h5:", "a.h5", ""},
        {"", "", ""},
    };
    struct error error = {0};
    SCOPED(arena_free) struct arena arena = {0};
    for (size_t i = 0; i < COUNT(texts); i++) {
        struct file_reference file;
        assert_ok(&error, file_reference_split(texts[i][0], &arena, &file, &error));
        assert_string_equal(file.path, texts[i][1]);
        assert_string_equal(file.dataset, texts[i][2]);
    }
}

static void test_names(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    const struct file_reference table = {.path = "table.h5", .dataset = "/x"};
    const struct file_reference csv = {.path = "a.csv", .dataset = ""};
    const char *name;
    assert_ok(&error, file_reference_name(&table, &arena, &name, &error));
    assert_string_equal(name, "table.h5:/x");
    assert_ok(&error, file_reference_name(&csv, &arena, &name, &error));
    assert_string_equal(name, "a.csv");
}

static void test_endings(void **state) {
    (void)state;
    assert_true(file_reference_is_hdf5("a.h5"));
    assert_true(file_reference_is_hdf5("a.b.hdf5"));
    assert_true(file_reference_is_hdf5(".nc"));
    assert_false(file_reference_is_hdf5("h5"));
    assert_false(file_reference_is_hdf5("a.h5.csv"));
}

/* The list remembers a file, even if it changes. */
static void test_digests_are_taken_once(void **state) {
    (void)state;
    struct error error = {0};
    SCOPED(arena_free) struct arena arena = {0};
    struct file_digest *list = NULL;
    struct digest first;
    struct digest again;
    struct scratch_file file = scratch_bytes(".csv", "1\n", 2);
    assert_ok(&error, file_reference_digest(&list, file.path, &arena, &first, &error));
    file_write_text(file.path, "2\n");
    assert_ok(&error, file_reference_digest(&list, file.path, &arena, &again, &error));
    assert_true(first.high == again.high && first.low == again.low);
    assert_null(list->next);
    scratch_remove(&file);
    assert_int_equal(file_reference_digest(&list, "no/such.csv", &arena, &again, &error),
                     STATUS_BAD_INPUT);
    assert_message(&error, "cannot open 'no/such.csv'");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_split),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_endings),
        cmocka_unit_test(test_digests_are_taken_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
