/* When work is checkpointed and when it stops. */
#include "dispatch/stop_policy.h"

#include "check.h"

#include <math.h>

static void test_checkpoints_long_bundles_at_intervals(void **state) {
    (void)state;
    struct stop_policy policy = {.checkpoint_interval = 100.0};
    stop_policy_begin_bundle(&policy, 1000.0);
    assert_int_equal(stop_policy_action(&policy, 5000.0, 1099.0), ACTION_CONTINUE);
    assert_int_equal(stop_policy_action(&policy, 5000.0, 1100.0), ACTION_CHECKPOINT);
    assert_int_equal(stop_policy_action(&policy, 5000.0, 1101.0), ACTION_CONTINUE);
    assert_int_equal(stop_policy_action(&policy, 5000.0, 1199.0), ACTION_CONTINUE);
    assert_int_equal(stop_policy_action(&policy, 5000.0, 1201.0), ACTION_CHECKPOINT);
    assert_int_equal(stop_policy_action(&policy, (double)NAN, 1305.0), ACTION_CONTINUE);
    assert_int_equal(stop_policy_action(&policy, 5000.0, 1306.0), ACTION_CHECKPOINT);
    stop_policy_begin_bundle(&policy, 1210.0);
    assert_int_equal(stop_policy_action(&policy, 5000.0, 1305.0), ACTION_CONTINUE);
}

/* Of a notice of 100 s, 75 are for bundles. */
static void test_finishes_what_fits_and_stops_the_rest(void **state) {
    (void)state;
    struct stop_policy policy = {.checkpoint_interval = INFINITY};
    stop_policy_begin_bundle(&policy, 0.0);
    assert_int_equal(stop_policy_action(&policy, 1e9, 10.0), ACTION_CONTINUE);
    stop_policy_request(&policy, 100.0, 10.0);
    assert_int_equal(stop_policy_action(&policy, 74.0, 10.0), ACTION_CONTINUE);
    assert_int_equal(stop_policy_action(&policy, 76.0, 10.0), ACTION_STOP);
    assert_int_equal(stop_policy_action(&policy, 5.0, 79.0), ACTION_CONTINUE);
    assert_int_equal(stop_policy_action(&policy, 7.0, 79.0), ACTION_STOP);
    /* Work of unknown length runs until there is no time left. */
    assert_int_equal(stop_policy_action(&policy, (double)NAN, 84.0), ACTION_CONTINUE);
    assert_int_equal(stop_policy_action(&policy, (double)NAN, 86.0), ACTION_STOP);
}

static void test_a_second_signal_changes_nothing(void **state) {
    (void)state;
    struct stop_policy policy = {.checkpoint_interval = INFINITY};
    stop_policy_request(&policy, 100.0, 0.0);
    stop_policy_request(&policy, 1.0, 10.0);
    assert_int_equal(stop_policy_action(&policy, 60.0, 10.0), ACTION_CONTINUE);
    stop_policy_request(&policy, 1000.0, 20.0);
    assert_int_equal(stop_policy_action(&policy, 60.0, 20.0), ACTION_STOP);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_checkpoints_long_bundles_at_intervals),
        cmocka_unit_test(test_finishes_what_fits_and_stops_the_rest),
        cmocka_unit_test(test_a_second_signal_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
