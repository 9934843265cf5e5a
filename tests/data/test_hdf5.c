#include "data/hdf5.h"

#include "check.h"

#include <hdf5_hl.h>
#include <math.h>
#include <string.h>

static const double TABLE[] = {1, -2, 3, 4, 5, 6};

/* A file with one data set of each kind that matters. */
static struct scratch_file make_file(void) {
    static const int integers[] = {1, -2, 3, 4, 5, 6};
    static const float reals[] = {1, -2, 3, 4, 5, 6};
    static const double with_nan[] = {1, 2, 3, NAN};
    const hsize_t flat[] = {6}, wide[] = {2, 3}, cube[] = {1, 2, 3}, square[] = {2, 2};
    const hsize_t none[] = {0, 3};
    struct scratch_file file = scratch_name(".h5");
    hid_t h5 = H5Fcreate(file.path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    assert_true(h5 >= 0);
    hid_t group = H5Gcreate2(h5, "trial", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    assert_true(H5LTmake_dataset(h5, "flat", 1, flat, H5T_NATIVE_INT, integers) >= 0);
    assert_true(H5LTmake_dataset(group, "sources", 2, wide, H5T_NATIVE_FLOAT, reals) >= 0);
    assert_true(H5LTmake_dataset(h5, "cube", 3, cube, H5T_NATIVE_FLOAT, reals) >= 0);
    assert_true(H5LTmake_dataset(h5, "broken", 2, square, H5T_NATIVE_DOUBLE, with_nan) >= 0);
    assert_true(H5LTmake_dataset(h5, "none", 2, none, H5T_NATIVE_DOUBLE, with_nan) >= 0);
    assert_true(H5LTmake_dataset_string(h5, "text", "words") >= 0);
    assert_true(H5Gclose(group) >= 0);
    assert_true(H5Fclose(h5) >= 0);
    return file;
}

static void read_ok(const char *path, const char *dataset, size_t rows, size_t columns) {
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    struct points points = {0};
    assert_ok(&error, hdf5_read(path, dataset, &arena, &points, &error));
    assert_int_equal(points.rows, rows);
    assert_int_equal(points.columns, columns);
    assert_memory_equal(points.values, TABLE, sizeof TABLE);
}

static void read_bad(const char *path, const char *dataset, const char *words) {
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    struct points points = {0};
    assert_int_equal(hdf5_read(path, dataset, &arena, &points, &error), STATUS_BAD_INPUT);
    if (strstr(error.message, path) == NULL || strstr(error.message, words) == NULL) {
        fail_msg("'%s' should say '%s'", error.message, words);
    }
}

static void test_shapes_and_types(void **state) {
    (void)state;
    struct scratch_file file = make_file();
    read_ok(file.path, "/flat", 6, 1);
    read_ok(file.path, "flat", 6, 1);
    read_ok(file.path, "/trial/sources", 2, 3);
    scratch_remove(&file);
}

static void test_refusals(void **state) {
    (void)state;
    struct scratch_file file = make_file();
    read_bad(file.path, "/cube", "3 dimensions");
    read_bad(file.path, "/text", "integers or floats");
    read_bad(file.path, "/broken", "row 2, column 2 is NaN");
    read_bad(file.path, "/none", "is empty");
    read_bad(file.path, "/trial/source", "did you mean");
    read_bad(file.path, "/trial/source", ":/trial/sources'?");
    read_bad(file.path, "/trial", "has no data set '/trial'");
    read_bad(file.path, "/quite/elsewhere", "it holds /broken, /cube, /flat, /none, /text, ...");
    read_bad(file.path, "", "expected a data set after a colon");
    scratch_remove(&file);
}

/* Shortened to any tenth of its length, a file is refused. */
static void test_truncated(void **state) {
    (void)state;
    struct scratch_file file = make_file();
    FILE *stream = fopen(file.path, "rb");
    assert_non_null(stream);
    assert_int_equal(fseek(stream, 0, SEEK_END), 0);
    long length = ftell(stream);
    assert_int_equal(fclose(stream), 0);
    for (int tenths = 9; tenths >= 0; tenths--) {
        assert_int_equal(truncate(file.path, length * tenths / 10), 0);
        read_bad(file.path, "/flat", "whole");
    }
    scratch_remove(&file);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shapes_and_types),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_truncated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
