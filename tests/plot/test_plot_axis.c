#include "plot/plot_axis.h"

#include "check.h"

enum { ROOMY = 480, NARROW = 60 }; /* pixels */

/* The last line that is written: the marks. */
static void assert_marks(const char *axis, struct plot_range range, int length,
                         const char *expected) {
    char *text = NULL;
    size_t bytes = 0;
    FILE *script = open_memstream(&text, &bytes);
    assert_non_null(script);
    plot_axis_write(script, axis, range, length);
    assert_int_equal(fclose(script), 0);
    char *marks = strstr(text, "tics");
    assert_non_null(marks);
    assert_string_equal(marks, expected);
    free(text);
}

static void assert_log_marks(double low, double high, int length, const char *expected) {
    assert_marks("y", (struct plot_range){low, high, true}, length, expected);
}

static void assert_linear_marks(double low, double high, int length, const char *expected) {
    assert_marks("y", (struct plot_range){low, high, false}, length, expected);
}

static void test_log_marks_are_1_2_5(void **state) {
    (void)state;
    assert_log_marks(0.9, 11.0, ROOMY, "tics (1, 2, 5, 10)\n");
    assert_log_marks(0.05, 0.83, ROOMY, "tics (0.05, 0.1, 0.2, 0.5)\n");
    assert_log_marks(1100.0, 99000.0, ROOMY, "tics (2000, 5000, 10000, 20000, 50000)\n");
    assert_log_marks(1.5e-7, 2.5e-6, ROOMY, "tics (2e-07, 5e-07, 1e-06, 2e-06)\n");
}

/* Where 1, 2 and 5 give less than three marks. */
static void test_short_log_axes_have_even_marks(void **state) {
    (void)state;
    assert_log_marks(2.1, 4.9, ROOMY, "tics (3, 4)\n");
    assert_log_marks(0.14, 0.83, ROOMY, "tics (0.2, 0.4, 0.6, 0.8)\n");
    assert_log_marks(1000.1, 1000.9, ROOMY, "tics (1000.2, 1000.4, 1000.6, 1000.8)\n");
}

static void test_low_panels_have_two_marks(void **state) {
    (void)state;
    assert_log_marks(0.14, 0.83, NARROW / 2, "tics (0.2, 0.5)\n");
    assert_log_marks(1.1, 99.0, NARROW, "tics (2, 20)\n");
}

static void test_other_log_axes_are_left_to_gnuplot(void **state) {
    (void)state;
    assert_log_marks(0.9, 110.0, ROOMY, "tics autofreq\n");
    assert_log_marks(1e-9, 1e9, ROOMY, "tics autofreq\n");
}

static void test_linear_marks_have_room(void **state) {
    (void)state;
    assert_linear_marks(0.0, 1.0, ROOMY, "tics 0.2\n");
    assert_linear_marks(0.0, 1.0, NARROW, "tics 0.5\n");
    assert_linear_marks(0.3, 0.7, NARROW / 2, "tics 0.125\n");
    assert_marks("x", (struct plot_range){0.0, 8.0, false}, ROOMY, "tics 1\n");
}

/* Marks that six digits do not tell apart. */
static void test_short_ranges_have_more_digits(void **state) {
    (void)state;
    assert_linear_marks(1000.0001, 1000.0007, ROOMY, "tics 0.0001\nset format y '%.4f'\n");
    assert_linear_marks(1e9, 1e9 + 700.0, ROOMY, "tics 100\n");
}

static void assert_range(struct plot_range range, double share, double low, double high) {
    const double rounding = 1e-12;
    plot_axis_widen(&range, share);
    assert_true(fabs(range.low - low) <= rounding && fabs(range.high - high) <= rounding);
}

static void test_ranges_pass_over_what_is_undefined(void **state) {
    (void)state;
    struct plot_range range = plot_axis_nothing(false);
    plot_axis_include(&range, (double)NAN);
    assert_range(range, 0.0, 0.0, 1.0);
    plot_axis_include(&range, 3.0);
    plot_axis_include(&range, (double)NAN);
    plot_axis_include(&range, -2.0);
    assert_range(range, 0.0, -2.0, 3.0);
}

static void test_ranges_are_widened(void **state) {
    (void)state;
    assert_range((struct plot_range){1.0, 3.0, false}, 0.1, 0.8, 3.2);
    assert_range((struct plot_range){1.0, 100.0, true}, 0.5, 0.1, 1000.0);
    assert_range((struct plot_range){-4.0, -4.0, false}, 0.1, -4.4, -3.6);
    assert_range((struct plot_range){0.0, 0.0, false}, 0.1, -1.0, 1.0);
    assert_range((struct plot_range){6.0, 6.0, true}, 0.1, 3.0, 12.0);
    assert_range(plot_axis_nothing(true), 0.0, 0.1, 1.0); /* above 0 */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_log_marks_are_1_2_5),
        cmocka_unit_test(test_short_log_axes_have_even_marks),
        cmocka_unit_test(test_low_panels_have_two_marks),
        cmocka_unit_test(test_other_log_axes_are_left_to_gnuplot),
        cmocka_unit_test(test_linear_marks_have_room),
        cmocka_unit_test(test_short_ranges_have_more_digits),
        cmocka_unit_test(test_ranges_pass_over_what_is_undefined),
        cmocka_unit_test(test_ranges_are_widened),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
