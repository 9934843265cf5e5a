#include "aggregate/correlation.h"

#include "check.h"

#include <math.h>

static double of(const double *x, const double *y, size_t count) {
    double answer;
    struct error error;
    assert_ok(&error, correlation_of_ranks(x, y, count, &answer, &error));
    return answer;
}

static void test_only_the_order_counts(void **state) {
    (void)state;
    static const double x[] = {3, -1, 100, 0.5, 7};
    double rising[5];
    double falling[5];
    for (size_t k = 0; k < 5; k++) {
        rising[k] = exp(0.1 * x[k]);
        falling[k] = -x[k] * x[k] * x[k];
    }
    assert_near(of(x, rising, 5), 1.0, 1e-14);
    assert_near(of(x, falling, 5), -1.0, 1e-14);
}

/* Without ties it is 1 − 6 Σd² / (n (n² − 1)). */
static void test_differences_of_ranks(void **state) {
    (void)state;
    static const double x[] = {10, 20, 30, 40, 50, 60};
    static const double y[] = {2, 1, 6, 3, 5, 4}; /* d = 1 −1 3 −1 0 −2: Σd² = 16 */
    assert_near(of(x, y, 6), 1.0 - 6.0 * 16.0 / (6.0 * 35.0), 1e-14);
}

/* Ranks 1 2.5 2.5 4 and 1.5 1.5 3 4: sum of products 3.75, sums of squares 4.5 and 4.5. */
static void test_ties_share_their_mean_rank(void **state) {
    (void)state;
    static const double x[] = {0, 1, 1, 2};
    static const double y[] = {5, 5, 6, 7};
    assert_near(of(x, y, 4), 3.75 / 4.5, 1e-14);
}

static void test_what_does_not_vary_has_none(void **state) {
    (void)state;
    static const double x[] = {1, 2, 3};
    static const double flat[] = {4, 4, 4};
    assert_true(isnan(of(x, flat, 3)));
    assert_true(isnan(of(flat, x, 3)));
    assert_true(isnan(of(x, x, 1)));
    assert_true(isnan(of(x, x, 0)));
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_only_the_order_counts),
        cmocka_unit_test(test_differences_of_ranks),
        cmocka_unit_test(test_ties_share_their_mean_rank),
        cmocka_unit_test(test_what_does_not_vary_has_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
