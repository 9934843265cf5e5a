#include "data/drawn.h"

enum { SAMPLES = 40000 };
static const double PI = 3.14159265358979323846;
static const double FIVE_ERRORS = 5 / 200.0; /* 5/√SAMPLES */

static double mean_of_power(const struct dataset *data, size_t i, int power) {
    double sum = 0;
    for (size_t n = 0; n < data->size.samples; n++) {
        sum += pow(data->sources[n * data->size.sources + i], power);
    }
    return sum / (double)data->size.samples;
}

static double correlation(const struct dataset *data, size_t i, size_t j) {
    size_t width = data->size.sources;
    double means[2] = {mean_of_power(data, i, 1), mean_of_power(data, j, 1)};
    double product = 0;
    for (size_t n = 0; n < data->size.samples; n++) {
        product +=
            (data->sources[n * width + i] - means[0]) * (data->sources[n * width + j] - means[1]);
    }
    double squares = (mean_of_power(data, i, 2) - means[0] * means[0]) *
                     (mean_of_power(data, j, 2) - means[1] * means[1]);
    return product / (double)data->size.samples / sqrt(squares);
}

static void begin_with(struct drawn *drawn, const char *sources, const char *rho,
                       const char *marginal) {
    begin(drawn, "correlated");
    set_named(drawn, "points", "40000");
    set_named(drawn, "sources", sources);
    set_named(drawn, "correlation", rho);
    set_named(drawn, "marginal", marginal);
}

/* Normal marginals keep ρ; uniform ones have correlation (6/π)·asin(ρ/2). */
static void test_correlation(void **state) {
    (void)state;
    const char *const rhos[] = {"-0.4", "0", "0.3", "0.9"};
    for (size_t k = 0; k < sizeof rhos / sizeof *rhos; k++) {
        double rho = strtod(rhos[k], NULL);
        struct drawn normal;
        struct drawn uniform;
        begin_with(&normal, "3", rhos[k], "normal");
        begin_with(&uniform, "3", rhos[k], "uniform");
        const struct dataset *a = draw(&normal, k);
        const struct dataset *b = draw(&uniform, k + 100);
        for (size_t i = 0; i < 3; i++) {
            assert_near(correlation(a, i, (i + 1) % 3), rho, FIVE_ERRORS);
            double expected = 6 / PI * asin(rho / 2);
            assert_near(correlation(b, i, (i + 1) % 3), expected, FIVE_ERRORS);
        }
        end(&normal);
        end(&uniform);
    }
}

/* First, second and fourth moments against their closed forms. */
static void test_marginals(void **state) {
    (void)state;
    const struct {
        const char *name;
        double mean, square, fourth, eighth;
    } expected[] = {
        {"uniform", 1.0 / 2, 1.0 / 3, 1.0 / 5, 1.0 / 9},
        {"normal", 0, 1, 3, 105},
        {"exponential", 1, 2, 24, 40320},
        {"laplace", 0, 1, 6, 2520},
        {"bimodal", 1.0 / 2, 3.0 / 8, 35.0 / 128, 6435.0 / 32768},
    };
    for (size_t k = 0; k < sizeof expected / sizeof *expected; k++) {
        struct drawn drawn;
        begin_with(&drawn, "2", "0.5", expected[k].name);
        const struct dataset *data = draw(&drawn, 10 + k);
        for (size_t i = 0; i < 2; i++) {
            assert_near(mean_of_power(data, i, 1), expected[k].mean,
                        FIVE_ERRORS * sqrt(expected[k].square));
            assert_near(mean_of_power(data, i, 2), expected[k].square,
                        FIVE_ERRORS * sqrt(expected[k].fourth));
            assert_near(mean_of_power(data, i, 4), expected[k].fourth,
                        FIVE_ERRORS * sqrt(expected[k].eighth));
        }
        end(&drawn);
    }
}

static void test_a_marginal_per_source(void **state) {
    (void)state;
    struct drawn drawn;
    begin_with(&drawn, "2", "1", "uniform normal");
    const struct dataset *data = draw(&drawn, 1);
    for (size_t n = 0; n < SAMPLES; n++) { /* ρ = 1: the first is Φ of the second */
        const double *s = data->sources + 2 * n;
        assert_near(s[0], 0.5 * erfc(-s[1] / sqrt(2)), 1e-12);
    }
    end(&drawn);
}

static void test_refusals(void **state) {
    (void)state;
    struct drawn drawn;
    begin_with(&drawn, "3", "-0.5", "uniform");
    assert_int_equal(check_settings(&drawn), STATUS_BAD_INPUT);
    assert_string_equal(drawn.error.culprit, "correlation");
    set_named(&drawn, "correlation", "-0.49");
    assert_int_equal(check_settings(&drawn), STATUS_OK);
    set_named(&drawn, "marginal", "uniform normal");
    assert_int_equal(check_settings(&drawn), STATUS_BAD_INPUT);
    assert_string_equal(drawn.error.culprit, "marginal");
    end(&drawn);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_correlation),
        cmocka_unit_test(test_marginals),
        cmocka_unit_test(test_a_marginal_per_source),
        cmocka_unit_test(test_refusals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
