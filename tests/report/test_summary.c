#include "report/summary.h"

#include "check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double rounding = 1e-14;

/* numpy.quantile([0, 1, 2, 5, 6, 9], [0.25, 0.5, 0.75]) is [1.25, 3.5, 5.75]. */
static void test_quartiles(void **state) {
    (void)state;
    double values[] = {5, 9, 1, 0, 6, 2};
    struct summary summary = summary_of(values, 6);
    assert_int_equal(summary.count, 6);
    assert_near(summary.total, 23, rounding);
    assert_near(summary.mean, 23.0 / 6, rounding);
    assert_near(summary.deviation, sqrt((147 - 23.0 * 23.0 / 6) / 5), rounding);
    assert_near(summary.least, 0, rounding);
    assert_near(summary.quarter, 1.25, rounding);
    assert_near(summary.median, 3.5, rounding);
    assert_near(summary.three_quarters, 5.75, rounding);
    assert_near(summary.most, 9, rounding);
}

static void test_every_number_is_in_a_bin(void **state) {
    (void)state;
    double values[SUMMARY_BINS * 3 + 1];
    enum { COUNT = sizeof values / sizeof *values };
    for (size_t i = 0; i < COUNT; i++) {
        values[i] = -1.0 + (double)(COUNT - 1 - i); /* three to a bin, and the last more */
    }
    struct summary summary = summary_of(values, COUNT);
    for (size_t bin = 0; bin < SUMMARY_BINS; bin++) {
        assert_int_equal(summary.bins[bin], bin + 1 < SUMMARY_BINS ? 3 : 4);
    }
}

static void test_equal_numbers_stand_in_the_middle(void **state) {
    (void)state;
    double values[] = {7, 7, 7};
    struct summary summary = summary_of(values, 3);
    assert_int_equal(summary.bins[SUMMARY_BINS / 2], 3);
    assert_near(summary.deviation, 0, rounding);
}

static void test_one_and_none(void **state) {
    (void)state;
    double value = 3;
    struct summary one = summary_of(&value, 1);
    assert_near(one.median, 3, rounding);
    assert_near(one.three_quarters, 3, rounding);
    assert_true(isnan(one.deviation));
    struct summary none = summary_of(NULL, 0);
    assert_int_equal(none.count, 0);
    assert_true(isnan(none.median) && isnan(none.mean) && isnan(none.most));
}

/* A bar for every bin that is not empty, as high as its share of the highest. */
static void test_bars(void **state) {
    (void)state;
    char *text = NULL;
    size_t length = 0;
    double values[] = {0, 0, 0, 0, 1, 1};
    struct summary summary = summary_of(values, 6);
    FILE *page = open_memstream(&text, &length);
    assert_non_null(page);
    summary_write_bars(page, &summary, "of <x>");
    assert_int_equal(fclose(page), 0);
    assert_non_null(strstr(text, "aria-label=\"of &lt;x&gt;\""));
    assert_non_null(strstr(text,
                           "<rect x=\"0\" y=\"0.00\" width=\"7\" height=\"48.00\"/>"
                           "<rect x=\"248\" y=\"24.00\" width=\"7\" height=\"24.00\"/><path"));
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_quartiles),
        cmocka_unit_test(test_every_number_is_in_a_bin),
        cmocka_unit_test(test_equal_numbers_stand_in_the_middle),
        cmocka_unit_test(test_one_and_none),
        cmocka_unit_test(test_bars),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
