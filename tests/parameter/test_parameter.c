/* What a parameter takes, in words. */

#include "parameter/parameter.h"

#include "check.h"

static const char *const letters[] = {"alpha", "beta", "gamma", NULL};

static void assert_range(struct parameter parameter, const char *range) {
    char buffer[256];
    assert_string_equal(parameter_range(&parameter, buffer, sizeof buffer), range);
}

static struct parameter real(double minimum, double maximum, unsigned flags) {
    return (struct parameter){
        .type = PARAMETER_REAL, .minimum = minimum, .maximum = maximum, .flags = flags};
}

static struct parameter integer(double minimum, double maximum) {
    return (struct parameter){.type = PARAMETER_INTEGERS, .minimum = minimum, .maximum = maximum};
}

static void test_ranges(void **state) {
    (void)state;
    const unsigned above = PARAMETER_ABOVE_MINIMUM;
    const unsigned below = PARAMETER_BELOW_MAXIMUM;
    assert_range(real(-HUGE_VAL, HUGE_VAL, 0), "");
    assert_range(real(0, HUGE_VAL, 0), "0 or more");
    assert_range(real(0, HUGE_VAL, above), "above 0");
    assert_range(real(0, 1, above), "above 0 and at most 1");
    assert_range(real(0, 1, 0), "from 0 to 1");
    assert_range(real(0, 1, below), "at least 0 and below 1");
    assert_range(real(0, 1, above | below), "above 0 and below 1");
    assert_range(real(-HUGE_VAL, 1, 0), "1 or less");
    assert_range(real(-HUGE_VAL, 1, below), "below 1");
    assert_range(integer((double)INT64_MIN, (double)INT64_MAX), "");
    assert_range(integer(1, (double)INT64_MAX), "1 or more");
    assert_range(integer(1, 4096), "from 1 to 4096");
    assert_range((struct parameter){.type = PARAMETER_CHOICE, .choices = letters}, "");
    assert_range((struct parameter){.type = PARAMETER_TEXT}, "");
}

static void test_expectations(void **state) {
    (void)state;
    static const struct {
        enum parameter_type type;
        const char *words;
    } expected[] = {
        {PARAMETER_INTEGER, "an integer"},
        {PARAMETER_REAL, "a number"},
        {PARAMETER_TEXT, "a text"},
        {PARAMETER_FILE, "a file name"},
        {PARAMETER_INTEGERS, "an integer or a list of them"},
        {PARAMETER_REALS, "a number or a list of them"},
        {PARAMETER_CHOICE, "alpha, beta or gamma"},
        {PARAMETER_CHOICES, "one or a list of alpha, beta or gamma"},
    };
    for (size_t i = 0; i < COUNT(expected); i++) {
        char buffer[256];
        struct parameter parameter = {.type = expected[i].type, .choices = letters};
        assert_string_equal(parameter_expects(&parameter, buffer, sizeof buffer),
                            expected[i].words);
    }
}

static void test_lookup(void **state) {
    (void)state;
    static const struct parameter table[] = {{.name = "a"}, {.name = "b", .unit = "steps"}};
    static const struct component component = {.parameters = table, .parameter_count = 2};
    assert_ptr_equal(component_parameter(&component, "b"), &table[1]);
    assert_null(component_parameter(&component, "c"));
    assert_string_equal(parameter_unit(&table[0]), "");
    assert_string_equal(parameter_unit(&table[1]), "steps");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ranges),
        cmocka_unit_test(test_expectations),
        cmocka_unit_test(test_lookup),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
