#include "data/drawn.h"

#include <stdbool.h>
#include <stdio.h>

static size_t choose(size_t n, size_t k) {
    size_t result = 1;
    for (size_t i = 1; i <= k; i++) {
        result = result * (n - k + i) / i;
    }
    return result;
}

static void begin_change(struct drawn *drawn, const char *change, const char *amount) {
    begin(drawn, "grid");
    set_named(drawn, "change", change);
    set_named(drawn, "amount", amount);
}

static bool is_diagonal(const double *sample) {
    return sample[0] == sample[1] && sample[1] == sample[2];
}

static void test_full_grid(void **state) {
    (void)state;
    struct drawn drawn;
    begin(&drawn, "grid");
    const struct dataset *data = draw(&drawn, 1);
    assert_int_equal(data->size.samples, 9261);
    assert_int_equal(data->size.sources, 3);
    /* Every point once: as numbers in base 21 they are 0, 1, 2, … */
    for (size_t n = 0; n < 9261; n++) {
        const double *s = data->sources + 3 * n;
        double code = 441 * s[0] * 20 + 21 * s[1] * 20 + s[2] * 20;
        assert_near(code, (double)n, 1e-9);
    }
    assert_true(data->sources[0] == 0 && data->sources[3 * 9261 - 1] == 1);
    end(&drawn);
}

/* Of all 21³ points, C(k+2, 3) have a sum of levels below k ≤ 21. */
static void test_corner_counts(void **state) {
    (void)state;
    for (int tenths = 3; tenths <= 10; tenths++) {
        char amount[8];
        (void)snprintf(amount, sizeof amount, "%d.%d", tenths / 10, tenths % 10);
        struct drawn drawn;
        begin_change(&drawn, "corner", amount);
        const struct dataset *data = draw(&drawn, 1);
        size_t cut = 2 * (size_t)tenths;
        assert_int_equal(data->size.samples, 9261 - choose(cut + 2, 3));
        double least = 3;
        for (size_t n = 0; n < data->size.samples; n++) {
            const double *s = data->sources + 3 * n;
            least = fmin(least, s[0] + s[1] + s[2]);
        }
        assert_near(least, tenths / 10.0, 1e-9);
        end(&drawn);
    }
}

static void test_diagonal_remove(void **state) {
    (void)state;
    const int amounts[] = {1, 2, 3, 4, 5, 6, 7, 9};
    for (size_t k = 0; k < sizeof amounts / sizeof *amounts; k++) {
        char amount[8];
        (void)snprintf(amount, sizeof amount, "0.%d", amounts[k]);
        struct drawn drawn;
        begin_change(&drawn, "diagonal_remove", amount);
        const struct dataset *data = draw(&drawn, 1);
        assert_int_equal(data->size.samples, 9261 - (size_t)(2 * amounts[k] + 1));
        for (size_t n = 0; n < data->size.samples; n++) {
            const double *s = data->sources + 3 * n;
            assert_true(!is_diagonal(s) || s[0] > amounts[k] / 10.0 + 0.01);
        }
        end(&drawn);
    }
}

static void test_diagonal_strengthen(void **state) {
    (void)state;
    struct drawn drawn;
    struct drawn other;
    begin_change(&drawn, "diagonal_strengthen", "300");
    begin_change(&other, "diagonal_strengthen", "300");
    const struct dataset *data = draw(&drawn, 1);
    const struct dataset *again = draw(&other, 2);
    assert_int_equal(data->size.samples, 9261 + 300);
    int counts[21] = {0};
    int differing = 0;
    for (size_t n = 9261; n < 9261 + 300; n++) {
        const double *s = data->sources + 3 * n;
        assert_true(is_diagonal(s));
        long level = lround(20 * s[0]);
        assert_true(s[0] == (double)level / 20);
        counts[level]++;
        differing += s[0] != again->sources[3 * n];
    }
    assert_true(differing > 200); /* the stream decides */
    double chi2 = 0;
    for (int k = 0; k < 21; k++) {
        chi2 += pow(counts[k] - 300.0 / 21, 2) / (300.0 / 21);
    }
    assert_true(chi2 < 45.3); /* 0.999 quantile of chi-square with 20 degrees of freedom */
    end(&drawn);
    end(&other);
}

/* 0.07·100 and 0.29·100 round to just above 7 and just below 29. */
static void test_amounts_mean_their_decimals(void **state) {
    (void)state;
    enum { FULL = 101 * 101 };
    struct drawn corner;
    struct drawn removed;
    begin_change(&corner, "corner", "0.07");
    begin_change(&removed, "diagonal_remove", "0.29");
    set_named(&corner, "sources", "2");
    set_named(&corner, "values", "101");
    set_named(&removed, "sources", "2");
    set_named(&removed, "values", "101");
    assert_int_equal(draw(&corner, 1)->size.samples, FULL - choose(7 + 1, 2));
    assert_int_equal(draw(&removed, 1)->size.samples, FULL - 30);
    end(&corner);
    end(&removed);
}

static void refuse(const char *change, const char *amount, const char *culprit) {
    struct drawn drawn;
    begin_change(&drawn, change, amount);
    assert_int_equal(check_settings(&drawn), STATUS_BAD_INPUT);
    assert_string_equal(drawn.error.culprit, culprit);
    assert_message(&drawn.error, "expected");
    end(&drawn);
}

static void test_refusals(void **state) {
    (void)state;
    refuse("independent", "0.3", "amount");
    refuse("corner", "3.1", "amount");
    refuse("diagonal_remove", "1.1", "amount");
    refuse("diagonal_strengthen", "2.5", "amount");
    refuse("diagonal_strengthen", "1e9", "amount");
    struct drawn drawn;
    begin_change(&drawn, "diagonal_remove", "1"); /* one source: every point is on the diagonal */
    set_named(&drawn, "sources", "1");
    assert_int_equal(check_settings(&drawn), STATUS_BAD_INPUT);
    assert_string_equal(drawn.error.culprit, "amount");
    end(&drawn);
    begin(&drawn, "grid");
    set_named(&drawn, "values", "257"); /* 257³ > 2^24 ≥ 256³ */
    assert_int_equal(check_settings(&drawn), STATUS_BAD_INPUT);
    assert_string_equal(drawn.error.culprit, "values");
    set_named(&drawn, "values", "256");
    assert_int_equal(check_settings(&drawn), STATUS_OK);
    end(&drawn);
}

static void test_last_corner_remains(void **state) {
    (void)state;
    struct drawn drawn;
    begin_change(&drawn, "corner", "3");
    const struct dataset *data = draw(&drawn, 1);
    assert_int_equal(data->size.samples, 1);
    assert_true(data->sources[0] == 1 && data->sources[1] == 1 && data->sources[2] == 1);
    end(&drawn);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_full_grid),
        cmocka_unit_test(test_corner_counts),
        cmocka_unit_test(test_diagonal_remove),
        cmocka_unit_test(test_diagonal_strengthen),
        cmocka_unit_test(test_amounts_mean_their_decimals),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_last_corner_remains),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
