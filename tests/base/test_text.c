#include "base/text.h"

#include "check.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const NAMES[] = {"steps", "learning_rate", "clip", "clip_at"};
enum { NAME_COUNT = sizeof NAMES / sizeof *NAMES };

static void test_nearest(void **state) {
    (void)state;
    assert_string_equal(text_nearest("step", NAMES, NAME_COUNT), "steps");
    assert_string_equal(text_nearest("setps", NAMES, NAME_COUNT), "steps");
    assert_string_equal(text_nearest("learing_rate", NAMES, NAME_COUNT), "learning_rate");
    assert_string_equal(text_nearest("clipat", NAMES, NAME_COUNT), "clip_at");
    assert_null(text_nearest("momentum", NAMES, NAME_COUNT));
    assert_null(text_nearest("", NAMES, NAME_COUNT));
    assert_null(text_nearest("steps", NAMES, 0));
}

static void test_nearest_of_overlong_word(void **state) {
    (void)state;
    char word[1000];
    memset(word, 's', sizeof word - 1);
    word[sizeof word - 1] = '\0';
    assert_null(text_nearest(word, NAMES, NAME_COUNT));
}

static void test_suggestions(void **state) {
    (void)state;
    char text[TEXT_SUGGESTION_BYTES] = "left over";
    assert_string_equal(text_suggestion("; is it '", "step", NAMES, NAME_COUNT, "'?", text),
                        "; is it 'steps'?");
    assert_string_equal(text_suggestion("; is it '", "momentum", NAMES, NAME_COUNT, "'?", text),
                        "");
}

static void test_lists(void **state) {
    (void)state;
    char text[32] = "left over";
    assert_string_equal(text_list(NAMES, 0, text, sizeof text), "");
    assert_string_equal(text_list(NAMES, 1, text, sizeof text), "steps");
    assert_string_equal(text_list(NAMES, 3, text, sizeof text), "steps, learning_rate, clip");
    assert_string_equal(text_list(NAMES, 3, text, 8), "steps, ");
    assert_string_equal(text_list(NAMES, 3, text, 1), "");
}

static void test_ending(void **state) {
    (void)state;
    assert_true(text_ends_with("points.h5", ".h5"));
    assert_true(text_ends_with("points.h5", ""));
    assert_false(text_ends_with("h5", ".h5"));
    assert_false(text_ends_with("points.h5.csv", ".h5"));
}

static void test_shortest_reals(void **state) {
    (void)state;
    char text[32];
    assert_string_equal(text_of_real(0.1, text), "0.1");
    assert_string_equal(text_of_real(-0.3, text), "-0.3");
    assert_string_equal(text_of_real(1e-5, text), "1e-05");
    assert_string_equal(text_of_real(100, text), "100");
    assert_string_equal(text_of_real(0, text), "0");
    assert_string_equal(text_of_real(INFINITY, text), "inf");
    assert_string_equal(text_of_real((double)NAN, text), "nan");
    assert_string_equal(text_of_real(copysign((double)NAN, -1), text), "nan");
}

static void test_reals_read_back(void **state) {
    (void)state;
    const double values[] = {1.0 / 3,      0.1 + 0.2, DBL_MAX,   DBL_MIN,
                             DBL_TRUE_MIN, -DBL_MAX,  2.0 / 3e7, 9007199254740993.0,
                             1e22,         1e23};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        char text[32];
        assert_true(strtod(text_of_real(values[i], text), NULL) == values[i]);
    }
}

static void test_integers(void **state) {
    (void)state;
    static const char *const bad[] = {"",  " ",   "-1", "3x", "4 ",  "1.0",
                                      "a", "++3", "0",  "13", "+ 3", "18446744073709551619"};
    int64_t number = 7;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(text_integer(bad[i], 1, 12, &number));
        assert_int_equal(number, 7);
    }
    assert_true(text_integer("1", 1, 12, &number) && number == 1);
    assert_true(text_integer(" +012", 1, 12, &number) && number == 12);
    assert_true(text_integer("9223372036854775807", 0, INT64_MAX, &number) && number == INT64_MAX);
    assert_false(text_integer("9223372036854775808", 0, INT64_MAX, &number));
}

static void test_integers_that_begin_a_text(void **state) {
    (void)state;
    static const char *const bad[] = {"", "x2", "-2x", "+2x", " 2x", "99x", "99999999999999999999"};
    int64_t number = 7;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const char *rest = bad[i];
        assert_false(text_integer_from(&rest, 0, 98, &number));
        assert_ptr_equal(rest, bad[i]);
        assert_int_equal(number, 7);
    }
    const char *rest = "98x2";
    assert_true(text_integer_from(&rest, 0, 98, &number));
    assert_int_equal(number, 98);
    assert_string_equal(rest, "x2");
}

static void test_reals_within_bounds(void **state) {
    (void)state;
    static const char *const bad[] = {"",    " ",   "1,5", "1.5s", "0.4",
                                      "2.1", "nan", "inf", "-inf", "1e999"};
    double number = 7.0;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(text_real(bad[i], 0.5, 2.0, &number));
        assert_true(number == 7.0);
    }
    assert_false(text_real("inf", 0.0, INFINITY, &number));
    assert_true(text_real("0.5", 0.5, 2.0, &number) && number == 0.5);
    assert_true(text_real(" 2e0", 0.5, 2.0, &number) && number == 2.0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nearest),
        cmocka_unit_test(test_nearest_of_overlong_word),
        cmocka_unit_test(test_suggestions),
        cmocka_unit_test(test_lists),
        cmocka_unit_test(test_ending),
        cmocka_unit_test(test_shortest_reals),
        cmocka_unit_test(test_reals_read_back),
        cmocka_unit_test(test_integers),
        cmocka_unit_test(test_integers_that_begin_a_text),
        cmocka_unit_test(test_reals_within_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
