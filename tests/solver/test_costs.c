/* The loss of a sweep in the terms of the theory. */
#include "solver/costs.h"

#include "check.h"

static void test_fit_is_a_sum_over_sources(void **state) {
    (void)state;
    static const double weights[] = {0.5, 0.25};
    struct loss_settings loss = {
        .fit = 6.0, .activity = 2.0, .fit_threshold = 0.125, .weights = {weights, 2}};
    struct costs costs = costs_of_loss(&loss, 3);
    assert_true(costs.fit == 2.0 && costs.activity == 2.0);
    assert_true(costs.weights_in == 0.5 && costs.weights_out == 0.25);
    assert_true(costs_threshold(&loss, 3) == 0.375);
}

static void test_one_coefficient_is_for_both_matrices(void **state) {
    (void)state;
    static const double weight = 0.5;
    struct loss_settings loss = {.fit = 6.0, .activity = 1.0, .weights = {&weight, 1}};
    struct costs costs = costs_of_exact_loss(&loss);
    assert_true(isinf(costs.fit) && costs.activity == 1.0);
    assert_true(costs.weights_in == 0.5 && costs.weights_out == 0.5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fit_is_a_sum_over_sources),
        cmocka_unit_test(test_one_coefficient_is_for_both_matrices),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
