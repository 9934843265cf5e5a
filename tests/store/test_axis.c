/* Axes of files that are merged: wide enough for the values of both. */

#include "store/axis.h"

#include "check.h"
#include "store/format.h"

#include <math.h>
#include <string.h>

static const struct results_axis integers = {.key = "a", .storage = HDF_INT64};
static const struct results_axis reals = {.key = "a", .storage = HDF_FLOAT64};
static const struct results_axis words = {.key = "a", .storage = HDF_LETTER, .letters = 5};

static struct results_axis widened(const struct results_axis *axis,
                                   const struct results_axis *other) {
    struct results_axis both = *axis;
    results_axis_widen(&both, other);
    return both;
}

static void test_axes_are_widened(void **state) {
    (void)state;
    const struct results_axis longer = {.key = "a", .storage = HDF_LETTER, .letters = 40};
    assert_int_equal(widened(&integers, &integers).storage, HDF_INT64);
    assert_int_equal(widened(&integers, &reals).storage, HDF_FLOAT64);
    assert_int_equal(widened(&reals, &integers).storage, HDF_FLOAT64);
    assert_int_equal(widened(&words, &reals).storage, HDF_LETTER);
    assert_int_equal(widened(&integers, &words).storage, HDF_LETTER);
    assert_int_equal(widened(&words, &words).letters, 5);
    assert_int_equal(widened(&words, &longer).letters, 40);
    assert_int_equal(widened(&longer, &integers).letters, 40);
    /* The longest of numbers fits. */
    assert_true(widened(&words, &reals).letters >= strlen("-2.2250738585072014e-308"));
    assert_true(widened(&integers, &words).letters >= strlen("-9223372036854775807"));
}

static void test_integers_become_reals(void **state) {
    (void)state;
    const int64_t values[] = {3, ABSENT_INTEGER, -70};
    double converted[3];
    results_axis_convert(&integers, values, 3, &reals, converted);
    assert_true(converted[0] == 3 && isnan(converted[1]) && converted[2] == -70);
}

static void test_numbers_become_texts(void **state) {
    (void)state;
    const struct results_axis texts = widened(&words, &reals);
    const int64_t whole[] = {21, ABSENT_INTEGER};
    const double broken[] = {0.1, (double)NAN};
    char converted[2][64] = {{0}};
    assert_true(texts.letters < sizeof converted[0]);
    struct results_axis wide = texts;
    wide.letters = sizeof converted[0];
    results_axis_convert(&integers, whole, 2, &wide, converted);
    assert_string_equal(converted[0], "21");
    assert_string_equal(converted[1], "");
    results_axis_convert(&reals, broken, 2, &wide, converted);
    assert_string_equal(converted[0], "0.1");
    assert_string_equal(converted[1], "");
    results_axis_convert(&words, "abcdefg\0\0\0", 2, &wide, converted);
    assert_string_equal(converted[0], "abcde");
    assert_string_equal(converted[1], "fg");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_axes_are_widened),
        cmocka_unit_test(test_integers_become_reals),
        cmocka_unit_test(test_numbers_become_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
