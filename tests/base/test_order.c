#include "base/order.h"

#include "base/random.h"
#include "check.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

static void order(double *values, uint32_t *carried, size_t count) {
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    assert_ok(&error, order_reals(values, carried, count, &arena, &error));
}

/* Ascending, each with its companion; equal ones keep their order. */
static void test_random_numbers(void **state) {
    (void)state;
    enum { COUNT = 5000 };
    static double given[COUNT];
    static double values[COUNT];
    static uint32_t carried[COUNT];
    struct random_stream stream = random_stream_of((struct job_hash){{1, 2}}, RANDOM_DATA);
    for (uint32_t n = 0; n < COUNT; n++) {
        double value = random_normal(&stream);
        given[n] = n % 3 == 0 ? floor(8.0 * value) : ldexp(value, (int)(n % 200) - 100);
        values[n] = given[n];
        carried[n] = n;
    }
    order(values, carried, COUNT);
    size_t ties = 0;
    for (size_t n = 0; n < COUNT; n++) {
        assert_true(values[n] == given[carried[n]]);
        if (n > 0) {
            assert_true(values[n - 1] <= values[n]);
            assert_true(values[n - 1] < values[n] || carried[n - 1] < carried[n]);
            ties += values[n - 1] == values[n];
        }
    }
    assert_true(ties > COUNT / 4);
}

static void test_extremes(void **state) {
    (void)state;
    double values[] = {0.0,       INFINITY, -1.0,     -0.0, DBL_MIN,
                       -INFINITY, DBL_MAX,  -DBL_MAX, 0.0,  5e-324};
    uint32_t carried[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    const uint32_t expected[] = {5, 7, 2, 0, 3, 8, 9, 4, 6, 1};
    order(values, carried, 10);
    assert_memory_equal(carried, expected, sizeof expected);
    order(values, carried, 0);
}

/* numpy.quantile; the other way of interpolating gives 0.0816. */
static void test_quantiles(void **state) {
    (void)state;
    static const double sorted[] = {0.03, 0.09, 0.84};
    assert_true(order_quantile(sorted, 3, 0.43) == 0.08159999999999999);
    assert_true(order_quantile(sorted, 3, 0.0) == 0.03);
    assert_true(order_quantile(sorted, 3, 0.5) == 0.09);
    assert_true(order_quantile(sorted, 3, 1.0) == 0.84);
    assert_true(order_quantile(sorted, 1, 0.3) == 0.03);
}

static void test_comparison(void **state) {
    (void)state;
    double values[] = {2.0, -INFINITY, 0.5, DBL_TRUE_MIN};
    static const double sorted[] = {-INFINITY, DBL_TRUE_MIN, 0.5, 2.0};
    qsort(values, 4, sizeof *values, order_compare);
    assert_memory_equal(values, sorted, sizeof sorted);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_numbers),
        cmocka_unit_test(test_extremes),
        cmocka_unit_test(test_quantiles),
        cmocka_unit_test(test_comparison),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
