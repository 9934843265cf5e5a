/* How long a plan takes: bundles, widths, and times that add up. */

#include "plan/estimate.h"

#include "sweeps.h"

static struct estimate estimate_of(const struct planned *planned, int64_t jobs, int ranks) {
    struct estimate estimate;
    struct error error = {0};
    assert_ok(&error, estimate_make(&planned->plan, jobs, ranks, &estimate, &error));
    return estimate;
}

/* A dummy's cost is its seconds; no trial runs are needed. */
static void test_dummies(void **state) {
    (void)state;
    struct planned planned =
        plan_text("network: {kind: dummy, seconds: !grid [1, 3, 2]}\nreplicates: 2\n");
    struct estimate all = estimate_of(&planned, 6, 1);
    assert_true(all.tried);
    assert_int_equal(all.bundles, 6);
    assert_true(all.longest == 3);
    assert_near(all.core_seconds, 12, 1e-3);
    assert_near(all.seconds, 12, 1e-3);
    assert_near(estimate_of(&planned, 3, 1).seconds, 6, 1e-3);
    assert_near(estimate_of(&planned, 6, 3).seconds, 4, 1e-3);
    /* No rank can be faster than the longest bundle. */
    assert_near(estimate_of(&planned, 6, 100).seconds, 3, 1e-3);
    assert_true(estimate_of(&planned, 0, 1).seconds == 0);
    planned_free(&planned);
}

/* Bundles are padded, unless the network is wide; times follow the number of operations. */
static void test_bundles(void **state) {
    (void)state;
    struct planned planned = plan_text("data: {kind: uniform, sources: 2}\n"
                                       "network: {kind: linear_autoencoder, hidden: 8}\n"
                                       "train: {steps: 200}\nreplicates: 40\n");
    struct estimate estimate = estimate_of(&planned, 40, 2);
    struct plan_bundle one = {.count = 1, .cost = planned.plan.cells[0].cost};
    struct plan_bundle full = {.count = PLAN_WIDTH_MAX, .cost = one.cost};
    assert_int_equal(estimate.width, PLAN_WIDTH_MAX);
    assert_int_equal(estimate.bundles, 3);
    assert_true(estimate.tried && estimate.per_flop > 0);
    assert_true(estimate_bundle(&estimate, &planned.plan, &one) > 0);
    assert_true(estimate_bundle(&estimate, &planned.plan, &one) ==
                estimate_bundle(&estimate, &planned.plan, &full));
    planned_free(&planned);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dummies),
        cmocka_unit_test(test_bundles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
