#include "plot/plot_frame.h"

#include "check.h"

#include <stdlib.h>

enum { ROOMY = 480, NARROW = 60 }; /* pixels */

static void assert_log_marks(double low, double high, int length, const char *expected) {
    char *text = NULL;
    size_t bytes = 0;
    FILE *script = open_memstream(&text, &bytes);
    assert_non_null(script);
    plot_frame_write_log_marks(script, "y", low, high, length);
    assert_int_equal(fclose(script), 0);
    assert_string_equal(text, expected);
    free(text);
}

static void test_log_marks_are_1_2_5(void **state) {
    (void)state;
    assert_log_marks(0.9, 11.0, ROOMY, "set ytics (1, 2, 5, 10)\n");
    assert_log_marks(0.05, 0.83, ROOMY, "set ytics (0.05, 0.1, 0.2, 0.5)\n");
    assert_log_marks(1100.0, 99000.0, ROOMY, "set ytics (2000, 5000, 10000, 20000, 50000)\n");
    assert_log_marks(1.5e-7, 2.5e-6, ROOMY, "set ytics (2e-07, 5e-07, 1e-06, 2e-06)\n");
}

/* Where 1, 2 and 5 make less than three. */
static void test_short_log_axes_have_even_marks(void **state) {
    (void)state;
    assert_log_marks(2.1, 4.9, ROOMY, "set ytics (3, 4)\n");
    assert_log_marks(0.14, 0.83, ROOMY, "set ytics (0.2, 0.4, 0.6, 0.8)\n");
    assert_log_marks(1000.1, 1000.9, ROOMY, "set ytics (1000.2, 1000.4, 1000.6, 1000.8)\n");
}

static void test_low_panels_have_two_marks(void **state) {
    (void)state;
    assert_log_marks(0.14, 0.83, NARROW / 2, "set ytics (0.2, 0.5)\n");
    assert_log_marks(1.1, 99.0, NARROW, "set ytics (2, 20)\n");
}

static void test_other_log_axes_are_left_to_gnuplot(void **state) {
    (void)state;
    assert_log_marks(0.9, 110.0, ROOMY, "set ytics autofreq\n");
    assert_log_marks(1e-9, 1e9, ROOMY, "set ytics autofreq\n");
    assert_log_marks(2.0, 2.0, ROOMY, "set ytics autofreq\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_log_marks_are_1_2_5),
        cmocka_unit_test(test_short_log_axes_have_even_marks),
        cmocka_unit_test(test_low_panels_have_two_marks),
        cmocka_unit_test(test_other_log_axes_are_left_to_gnuplot),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
