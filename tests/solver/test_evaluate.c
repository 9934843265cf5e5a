/* Evaluation by itself; its numbers are compared with the oracle in test_train_oracle.c. */
#include "solver/evaluate.h"
#include "solver/loading.h"
#include "solver/oracle.h"

enum { SOURCES = 3, HIDDEN_UNITS = 4, LANES_USED = 3, BROKEN = 1 };
static const double TOLERANCE = 1e-5;

/* A lane whose loss leaves the range of single precision is diverged; its neighbours are evaluated
 * as usual, each over its own samples. */
static void test_broken_lanes_are_told_alone(void **state) {
    (void)state;
    struct error error = {0};
    SCOPED(arena_free) struct arena arena = {0};
    struct trial trials[LANES_USED];
    struct lane lanes[LANES_USED];
    struct trained results[LANES_USED] = {0};
    struct bundle bundle;
    for (size_t k = 0; k < LANES_USED; k++) {
        trials[k] = trial_random(k, 5 + 9 * k, SOURCES, HIDDEN_UNITS, &arena);
        lanes[k] = trial_lane(&trials[k]);
    }
    for (size_t k = 0; k < trials[BROKEN].shape.parameter_count; k++) {
        trials[BROKEN].initial[k] = 1e30;
    }
    assert_ok(&error, bundle_make(kernel_best(false), &trials[0].shape, lanes, LANES_USED, &arena,
                                  &bundle, &error));
    load_samples(&bundle, 0);
    assert_ok(&error, evaluate_bundle(&bundle, &arena, results, &error));
    for (size_t k = 0; k < LANES_USED; k++) {
        struct oracle oracle = oracle_make(&lanes[k], &trials[k].shape, &arena);
        double expected = oracle_loss(&oracle).total;
        assert_int_equal(results[k].diverged, k == BROKEN);
        assert_int_equal(isnan(results[k].loss.total), k == BROKEN);
        assert_int_equal(isnan(results[k].loss.weights), k == BROKEN);
        assert_true(k == BROKEN || fabs(results[k].loss.total / expected - 1.0) < TOLERANCE);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_broken_lanes_are_told_alone)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
