/* When work is kept and when it is left. */
#include "dispatch/stop_policy.h"

#include "check.h"

#include <math.h>

static void test_keeps_long_bundles_now_and_then(void **state) {
    (void)state;
    struct stop_policy stop = {.checkpoint_interval = 100.0};
    stop_policy_begin_bundle(&stop, 1000.0);
    assert_int_equal(stop_policy_action(&stop, 5000.0, 1099.0), ACTION_CONTINUE);
    assert_int_equal(stop_policy_action(&stop, 5000.0, 1100.0), ACTION_CHECKPOINT);
    assert_int_equal(stop_policy_action(&stop, 5000.0, 1101.0), ACTION_CONTINUE);
    assert_int_equal(stop_policy_action(&stop, 5000.0, 1199.0), ACTION_CONTINUE);
    assert_int_equal(stop_policy_action(&stop, 5000.0, 1201.0), ACTION_CHECKPOINT);
    assert_int_equal(stop_policy_action(&stop, (double)NAN, 1305.0), ACTION_CONTINUE);
    assert_int_equal(stop_policy_action(&stop, 5000.0, 1306.0), ACTION_CHECKPOINT);
    stop_policy_begin_bundle(&stop, 1210.0);
    assert_int_equal(stop_policy_action(&stop, 5000.0, 1305.0), ACTION_CONTINUE);
}

/* Of a notice of 100 s, 75 are for bundles. */
static void test_finishes_what_fits_and_leaves_the_rest(void **state) {
    (void)state;
    struct stop_policy stop = {.checkpoint_interval = INFINITY};
    stop_policy_begin_bundle(&stop, 0.0);
    assert_int_equal(stop_policy_action(&stop, 1e9, 10.0), ACTION_CONTINUE);
    stop_policy_request(&stop, 100.0, 10.0);
    assert_int_equal(stop_policy_action(&stop, 74.0, 10.0), ACTION_CONTINUE);
    assert_int_equal(stop_policy_action(&stop, 76.0, 10.0), ACTION_STOP);
    assert_int_equal(stop_policy_action(&stop, 5.0, 79.0), ACTION_CONTINUE);
    assert_int_equal(stop_policy_action(&stop, 7.0, 79.0), ACTION_STOP);
    /* Nobody knows how long it takes: until there is no time left. */
    assert_int_equal(stop_policy_action(&stop, (double)NAN, 84.0), ACTION_CONTINUE);
    assert_int_equal(stop_policy_action(&stop, (double)NAN, 86.0), ACTION_STOP);
}

static void test_a_second_signal_changes_nothing(void **state) {
    (void)state;
    struct stop_policy stop = {.checkpoint_interval = INFINITY};
    stop_policy_request(&stop, 100.0, 0.0);
    stop_policy_request(&stop, 1.0, 10.0);
    assert_int_equal(stop_policy_action(&stop, 60.0, 10.0), ACTION_CONTINUE);
    stop_policy_request(&stop, 1000.0, 20.0);
    assert_int_equal(stop_policy_action(&stop, 60.0, 20.0), ACTION_STOP);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keeps_long_bundles_now_and_then),
        cmocka_unit_test(test_finishes_what_fits_and_leaves_the_rest),
        cmocka_unit_test(test_a_second_signal_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
