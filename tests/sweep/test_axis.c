/* Axes hold the numbers that a person would write. */

#include "sweep/axis.h"

#include "check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST = 1000 };

struct values {
    size_t length;
    double numbers[LONGEST];
};

static const struct parameter real = {
    .name = "x", .type = PARAMETER_REAL, .unit = "", .minimum = -HUGE_VAL, .maximum = HUGE_VAL};
static const struct parameter integer = {.name = "n",
                                         .type = PARAMETER_INTEGER,
                                         .unit = "",
                                         .minimum = (double)INT64_MIN,
                                         .maximum = (double)INT64_MAX};

/* The values of an axis under the key "a.b". */
static struct values expand(const char *yaml, const struct parameter *parameter, int64_t seed,
                            int64_t samples) {
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    struct value_reader reader = {.arena = &arena, .folder = ""};
    struct node node;
    struct axis axis = {0};
    struct value *values = NULL;
    struct values result = {0};
    assert_ok(&error, node_read(yaml, "test", true, &arena, &node, &error));
    assert_ok(&error, axis_read("a.b", &node, samples, &axis, &error));
    assert_ok(&error, ARENA_NEW(&arena, values, axis.length, &error));
    assert_ok(&error, axis_values(&axis, &reader, parameter, "a.b", seed, values, &error));
    assert_in_range(axis.length, 1, LONGEST);
    result.length = axis.length;
    for (size_t i = 0; i < axis.length; i++) {
        result.numbers[i] = value_number(parameter, &values[i]);
    }
    return result;
}

/* Each value of the axis is exactly the double of the same place in a plain list of texts. */
static void assert_axis(const char *yaml, const char *list) {
    struct values values = expand(yaml, &real, 0, 0);
    char *copy = strdup(list);
    char *rest = copy;
    size_t count = 0;
    for (char *word = strsep(&rest, " "); word != NULL; word = strsep(&rest, " ")) {
        assert_true(count < values.length);
        if (values.numbers[count] != strtod(word, NULL)) {
            fail_msg("%s: value %zu is %.17g, not %s", yaml, count, values.numbers[count], word);
        }
        count++;
    }
    free(copy);
    assert_int_equal(values.length, count);
}

static void test_values_are_as_written(void **state) {
    (void)state;
    assert_axis("!grid [3, 1e-2, 0.5]", "3 0.01 0.5");
    assert_axis("!linspace [0.3, 1.0, 8]", "0.3 0.4 0.5 0.6 0.7 0.8 0.9 1.0");
    assert_axis("!linspace [-0.3, 0.3, 7]", "-0.3 -0.2 -0.1 0 0.1 0.2 0.3");
    assert_axis("!linspace [1, 0, 3]", "1 0.5 0");
    assert_axis("!linspace [0.1, 5, 1]", "0.1");
    assert_axis("!linspace [0, 1, 4]", "0 0.333333333333333 0.666666666666667 1");
    assert_axis("!linspace [0.001, 0.003, 3]", "0.001 0.002 0.003");
    assert_axis("!logspace [1e-4, 1e-2, 3]", "1e-4 1e-3 1e-2");
    assert_axis("!logspace [1e-9, 1e9, 7]", "1e-9 1e-6 1e-3 1 1e3 1e6 1e9");
    assert_axis("!logspace [1024, 1, 11]", "1024 512 256 128 64 32 16 8 4 2 1");
    assert_axis("!range [3]", "0 1 2");
    assert_axis("!range [2, 5]", "2 3 4");
    assert_axis("!range [5, 0, -2]", "5 3 1");
    assert_axis("!range [0.1, 0.7, 0.1]", "0.1 0.2 0.3 0.4 0.5 0.6");
    assert_axis("!range [0.9, 0, -0.3]", "0.9 0.6 0.3");
    assert_axis("!range [1, 1.3, 0.1]", "1 1.1 1.2");
    assert_axis("!range [-0.3, 0.4, 0.1]", "-0.3 -0.2 -0.1 0 0.1 0.2 0.3");
    assert_axis("!range [1000000000000000, 1000000000000003]",
                "1000000000000000 1000000000000001 1000000000000002");
}

/* Against every decimal of the same step, which strtod rounds correctly. */
static void test_fine_steps(void **state) {
    (void)state;
    struct values values = expand("!range [-0.5, 0.5, 0.001]", &real, 0, 0);
    assert_int_equal(values.length, 1000);
    for (int i = 0; i < 1000; i++) {
        char text[16];
        int milli = i - 500;
        (void)snprintf(text, sizeof text, "%s0.%03d", milli < 0 ? "-" : "", abs(milli));
        assert_true(values.numbers[i] == strtod(text, NULL));
    }
}

static void test_draws_do_not_depend_on_their_number(void **state) {
    (void)state;
    struct values few = expand("!uniform [2, 4, 10]", &real, 7, 0);
    struct values many = expand("!uniform {low: 2, samples: 1000, high: 4}", &real, 7, 0);
    struct values shared = expand("!uniform [2, 4]", &real, 7, 5);
    struct values other = expand("!uniform [2, 4, 10]", &real, 8, 0);
    double mean = 0;
    assert_int_equal(shared.length, 5);
    for (size_t i = 0; i < few.length; i++) {
        assert_true(few.numbers[i] == many.numbers[i]);
        assert_true(few.numbers[i] != other.numbers[i]);
        assert_true(i >= shared.length || few.numbers[i] == shared.numbers[i]);
    }
    for (size_t i = 0; i < many.length; i++) {
        assert_true(many.numbers[i] > 2 && many.numbers[i] < 4);
        mean += many.numbers[i] / (double)many.length;
    }
    /* Six standard errors. */
    assert_near(mean, 3, 6 * (2 / sqrt(12)) / sqrt(1000));
}

static void test_integers_are_drawn_from_both_ends(void **state) {
    (void)state;
    struct values draws = expand("!uniform [0.5, 3, 1000]", &integer, 1, 0);
    int counts[4] = {0};
    for (size_t i = 0; i < draws.length; i++) {
        assert_true(draws.numbers[i] == 1 || draws.numbers[i] == 2 || draws.numbers[i] == 3);
        counts[(int)draws.numbers[i]]++;
    }
    for (int i = 1; i <= 3; i++) {
        assert_in_range(counts[i], 333 - 90, 333 + 90);
    }
}

static void test_groups(void **state) {
    (void)state;
    static const char *const grouped[][2] = {
        {"!zip:a [1]", "!zip:a"},
        {"!uniform [1, 2]", "!uniform"},
        {"!uniform [1, 2, 3]", NULL},
        {"!grid [1]", NULL},
        {"!uniform {low: 1, high: 2}", "!uniform"},
    };
    for (size_t i = 0; i < sizeof grouped / sizeof grouped[0]; i++) {
        struct arena arena = {0};
        struct error error = {0};
        struct node node;
        struct axis axis;
        assert_ok(&error, node_read(grouped[i][0], "test", true, &arena, &node, &error));
        assert_ok(&error, axis_read("a.b", &node, 4, &axis, &error));
        if (grouped[i][1] == NULL) {
            assert_null(axis.group);
        } else {
            assert_string_equal(axis.group, grouped[i][1]);
        }
        arena_free(&arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values_are_as_written),
        cmocka_unit_test(test_fine_steps),
        cmocka_unit_test(test_draws_do_not_depend_on_their_number),
        cmocka_unit_test(test_integers_are_drawn_from_both_ends),
        cmocka_unit_test(test_groups),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
