#include "show/duration.h"

#include "check.h"

#include <math.h>

static void assert_duration(double seconds, const char *expected) {
    char text[DURATION_BYTES];
    assert_string_equal(duration_text(seconds, text), expected);
}

static void test_durations(void **state) {
    (void)state;
    assert_duration(0, "0 s");
    assert_duration(0.0123, "0.012 s");
    assert_duration(9.94, "9.9 s");
    assert_duration(75.4, "75 s");
    assert_duration(120, "2 min");
    assert_duration(7199, "119 min");
    assert_duration(2 * 3600 + 5 * 60 + 59, "2 h 05 min");
    assert_duration(3 * 86400 + 4 * 3600, "3 days 4 h");
    assert_duration(8.64e24, "1e+20 days");
    assert_duration((double)NAN, "–");
}

static void test_figures(void **state) {
    (void)state;
    char text[DURATION_BYTES];
    assert_string_equal(duration_figures(0.008541, text), "0.00854 s");
    assert_string_equal(duration_figures(626.4, text), "626 s");
    assert_string_equal(duration_figures(12607.2, text), "3.502 h");
}

static void test_clocks(void **state) {
    (void)state;
    char text[DURATION_BYTES];
    assert_string_equal(duration_clock(0.4, text), "0:00");
    assert_string_equal(duration_clock(59.5, text), "1:00");
    assert_string_equal(duration_clock(3599, text), "59:59");
    assert_string_equal(duration_clock(3600 + 2 * 60 + 3, text), "1:02:03");
}

static void test_times_of_day(void **state) {
    (void)state;
    char text[DURATION_BYTES];
    assert_string_equal(duration_time_of_day(1772359200.9, text), "2026-03-01 10:00:00 UTC");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_durations),
        cmocka_unit_test(test_figures),
        cmocka_unit_test(test_clocks),
        cmocka_unit_test(test_times_of_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
