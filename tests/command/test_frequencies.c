/* Frequencies and a time step: together or not at all, one per source, and slow enough. */
#include "command/frequencies.h"

#include "check.h"

static const double values[] = {2.0, 5.0, 31.5};

static enum status check(size_t count, double time_step, struct error *error) {
    return frequencies_check(&(struct reals){values, count}, time_step, "waves.csv", 2, error);
}

static void together_or_not_at_all(void **state) {
    (void)state;
    struct error error;
    assert_ok(&error, check(0, 0, &error));
    assert_ok(&error, check(2, 0.1, &error));
    assert_int_equal(check(2, 0, &error), STATUS_BAD_INPUT);
    assert_message(&error, "--time-step is missing");
    assert_int_equal(check(0, 0.1, &error), STATUS_BAD_INPUT);
    assert_message(&error, "--frequencies is missing");
}

static void one_for_each_source(void **state) {
    (void)state;
    struct error error;
    assert_int_equal(check(1, 0.1, &error), STATUS_BAD_INPUT);
    assert_message(&error, "--frequencies has 1; expected one for each of the 2 sources of "
                           "waves.csv");
}

static void at_least_two_steps_a_period(void **state) {
    (void)state;
    struct error error;
    assert_ok(&error, check(2, 0.628, &error)); /* 5 < pi / 0.628 */
    assert_int_equal(check(2, 0.629, &error), STATUS_BAD_INPUT);
    assert_message(&error, "5 is too fast for steps of that length; expected below 4.99");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(together_or_not_at_all),
        cmocka_unit_test(one_for_each_source),
        cmocka_unit_test(at_least_two_steps_a_period),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
