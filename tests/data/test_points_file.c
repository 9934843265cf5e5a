#include "data/points_file.h"

#include "check.h"

#include <hdf5_hl.h>
#include <string.h>

static void expect_error(const char *path, const char *dataset, const char *words) {
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    struct points points = {0};
    struct file_reference file = {.path = path, .dataset = dataset};
    assert_int_equal(points_file_read(&file, &arena, &points, &error), STATUS_BAD_INPUT);
    assert_message(&error, path);
    assert_message(&error, words);
}

/* The content of a file counts, not its name. */
static void test_formats(void **state) {
    (void)state;
    const double row[] = {1, 2};
    const hsize_t extent[] = {1, 2};
    struct scratch_file h5 = scratch_name(".data");
    hid_t open = H5Fcreate(h5.path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    assert_true(H5LTmake_dataset(open, "x", 2, extent, H5T_NATIVE_DOUBLE, row) >= 0);
    assert_true(H5Fclose(open) >= 0);
    struct scratch_file csv = scratch_bytes(".data", "1,2\n", 4);
    const struct file_reference files[] = {{.path = h5.path, .dataset = "/x"},
                                           {.path = csv.path, .dataset = ""}};
    for (size_t k = 0; k < 2; k++) {
        struct arena arena = {0};
        struct error error = {0};
        struct points points = {0};
        assert_ok(&error, points_file_read(&files[k], &arena, &points, &error));
        assert_int_equal(points.rows, 1);
        assert_int_equal(points.columns, 2);
        assert_memory_equal(points.values, row, sizeof row);
        arena_free(&arena);
    }
    expect_error(h5.path, "", "expected a data set");
    scratch_remove(&h5);
    scratch_remove(&csv);
}

static void test_refusals(void **state) {
    (void)state;
    struct scratch_file named = scratch_bytes(".h5", "1,2\n", 4);
    expect_error(named.path, "/x", "is not an HDF5 file");
    scratch_remove(&named);
    expect_error(named.path, "/x", "No such file");
    expect_error("/", "", "is a folder");
    struct scratch_file csv = scratch_bytes(".csv", "1,2\n", 4);
    expect_error(csv.path, "/x", "is not an HDF5 file");
    scratch_remove(&csv);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_formats),
        cmocka_unit_test(test_refusals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
