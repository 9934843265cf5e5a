#include "dispatch/signals.h"

#include "check.h"

#include <string.h>

static void test_the_first_signal_counts(void **state) {
    (void)state;
    struct signals signals;
    struct error error;
    assert_ok(&error, signals_install(&signals, &error));
    assert_int_equal(signals_received(), 0);
    assert_int_equal(raise(SIGTERM), 0);
    assert_int_equal(raise(SIGUSR1), 0);
    assert_int_equal(signals_received(), SIGTERM);
    assert_string_equal(signals_name(signals_received()), "SIGTERM");
    signals_remove(&signals);
}

/* NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): a handler has no arguments */
static int others_seen;

static void other(int number) {
    others_seen = number;
}

static void test_old_handlers_come_back(void **state) {
    (void)state;
    struct signals signals;
    struct error error;
    assert_true(signal(SIGUSR1, other) != SIG_ERR);
    assert_ok(&error, signals_install(&signals, &error));
    assert_int_equal(signals_received(), 0); /* those before are forgotten */
    assert_int_equal(raise(SIGUSR1), 0);
    assert_int_equal(others_seen, 0);
    assert_int_equal(signals_received(), SIGUSR1);
    signals_remove(&signals);
    assert_int_equal(raise(SIGUSR1), 0);
    assert_int_equal(others_seen, SIGUSR1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_first_signal_counts),
        cmocka_unit_test(test_old_handlers_come_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
