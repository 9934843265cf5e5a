#include "data/weighting.h"

#include "check.h"

static const struct file_reference TABLE_FILE = {.path = "table.h5", .dataset = "/x"};

static void test_same_rows(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    const struct file_reference csv = {.path = "a.csv", .dataset = ""};
    struct points long_one = {.rows = 5, .columns = 1};
    struct points wide = {.rows = 5, .columns = 3};
    struct points short_one = {.rows = 4, .columns = 1};
    assert_ok(&error, points_same_rows(&TABLE_FILE, &long_one, &csv, &wide, &arena, &error));
    assert_int_equal(points_same_rows(&TABLE_FILE, &long_one, &csv, &short_one, &arena, &error),
                     STATUS_BAD_INPUT);
    assert_message(&error, "table.h5:/x has 5 rows but a.csv has 4");
}

static void test_weights(void **state) {
    (void)state;
    struct arena arena = {0};
    struct error error = {0};
    struct points table = {.rows = 4, .columns = 2};
    struct scratch_file file = scratch_bytes(".csv", "1\n0\n4\n3\n", 8);
    const struct file_reference given = {.path = file.path, .dataset = ""};
    const struct file_reference none = {.path = "", .dataset = ""};
    double *weights;
    assert_ok(&error, sample_weights_read(&given, &TABLE_FILE, &table, &arena, &weights, &error));
    const double expected[] = {0.125, 0, 0.5, 0.375};
    assert_memory_equal(weights, expected, sizeof expected);
    assert_ok(&error, sample_weights_read(&none, &TABLE_FILE, &table, &arena, &weights, &error));
    assert_true(weights[0] == 0.25 && weights[3] == 0.25);
    table.rows = 3;
    assert_int_equal(sample_weights_read(&given, &TABLE_FILE, &table, &arena, &weights, &error),
                     STATUS_BAD_INPUT);
    assert_message(&error, "table.h5:/x has 3 rows");
    assert_message(&error, file.path);
    arena_free(&arena);
    scratch_remove(&file);
}

static void test_dropped_rows(void **state) {
    (void)state;
    double values[] = {1, 2, 3, 4, 5, 6, 7, 8};
    const double weights[] = {0, 0.5, 0, 0.5};
    struct points points = {.rows = 4, .columns = 2, .values = values};
    points_drop_unweighted(&points, weights);
    const double expected[] = {3, 4, 7, 8};
    assert_int_equal(points.rows, 2);
    assert_memory_equal(values, expected, sizeof expected);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_rows),
        cmocka_unit_test(test_weights),
        cmocka_unit_test(test_dropped_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
