#include "document/number.h"

#include "check.h"

#include <math.h>

static void assert_text(double largest, double value, const char *expected) {
    SCOPED(arena_free) struct arena arena = {0};
    struct error error;
    const char *text;
    assert_ok(&error, number_text(number_format_for(largest), value, &arena, &text, &error));
    assert_string_equal(text, expected);
    arena_free(&arena);
}

static void test_four_digits_of_the_largest(void **state) {
    (void)state;
    assert_text(0.98765, 0.5, "0.5000");
    assert_text(12.3456, 1.0, "1.00");
    assert_text(54321, 54321.4, "54321");
    assert_text(0.00123456, 0.00123456, "0.001235");
}

static void test_very_large_and_small_are_scientific(void **state) {
    (void)state;
    assert_text(2.5e7, 1.25e6, "1.250e+06");
    assert_text(5e-5, 5e-5, "5.000e-05");
}

static void test_zeros_hide_nothing(void **state) {
    (void)state;
    assert_text(1, 0, "0.000");
    assert_text(1, 2e-5, "2e-05");
    assert_text(1, 1e-12, "0.000"); /* rounding of what is near 1 */
    assert_text(1, (double)NAN, "–");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_four_digits_of_the_largest),
        cmocka_unit_test(test_very_large_and_small_are_scientific),
        cmocka_unit_test(test_zeros_hide_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
