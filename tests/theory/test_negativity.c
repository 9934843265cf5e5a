#include "theory/negativity.h"

#include "theory/data.h"

/* Samples at −1 and 1: C = 1, and every vertex has half the weight. */
static void test_coefficient_of_two_points(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    struct data data = {.samples = 2, .sources = 1, .points = {-1.0, 1.0}};
    struct geometry geometry;
    struct costs costs = {INFINITY, 0.5, 0.25, 1.0};
    double coefficient;
    weigh_equally(&data);
    geometry_of(&data, &arena, &geometry);
    assert_ok(&error, negativity_sufficient(&geometry, &costs, 3.0, &arena, &coefficient, &error));
    assert_near(coefficient, 2.0 * 0.5 * sqrt(3.0 / (0.5 + 0.25)) / 0.5, 1e-12);
    geometry.hull.complete = false;
    assert_ok(&error, negativity_sufficient(&geometry, &costs, 3.0, &arena, &coefficient, &error));
    assert_true(isnan(coefficient));
}

/* Without a price on input weights, sources that depend on one another leave B singular. */
static void test_singular_forms_have_none(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    struct data data = {.samples = 2, .sources = 2, .points = {-1.0, -1.0, 1.0, 1.0}};
    struct geometry geometry;
    struct costs costs = {INFINITY, 1.0, 0.0, 1.0};
    double coefficient;
    weigh_equally(&data);
    geometry_of(&data, &arena, &geometry);
    assert_ok(&error, negativity_sufficient(&geometry, &costs, 1.0, &arena, &coefficient, &error));
    assert_true(isnan(coefficient));
    costs.weights_in = 0.1;
    assert_ok(&error, negativity_sufficient(&geometry, &costs, 1.0, &arena, &coefficient, &error));
    assert_true(coefficient > 0.0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_coefficient_of_two_points),
        cmocka_unit_test(test_singular_forms_have_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
