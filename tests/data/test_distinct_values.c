#include "data/distinct_values.h"

#include "check.h"

#include <string.h>

enum { NUMBERS = 12 };

static struct distinct_values distinct(const double *numbers, size_t rows, size_t columns) {
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    struct distinct_values found;
    double values[NUMBERS];
    memcpy(values, numbers, rows * columns * sizeof *values);
    struct points points = {.rows = rows, .columns = columns, .values = values};
    assert_ok(&error, distinct_values_most(&points, &arena, &found, &error));
    return found;
}

static void test_most_values(void **state) {
    (void)state;
    const double values[NUMBERS] = {1, 0.5, 0, 2, 0.5, 0, 1, -3, 0, 2, 7, -0.0};
    struct distinct_values found = distinct(values, 4, 3);
    assert_int_equal(found.column, 1);
    assert_int_equal(found.values, 3);
    found = distinct(values, NUMBERS, 1);
    assert_int_equal(found.values, 6); /* −3 0 0.5 1 2 7 */
    found = distinct(values, 2, 1);
    assert_int_equal(found.values, 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_most_values)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
