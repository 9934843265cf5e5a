#include "score/samples.h"

static double of_sources(const double *source, const double *weights, size_t samples,
                         size_t sources) {
    struct score_input input = {
        .samples = samples, .sources = sources, .source = source, .weights = weights};
    return score_of("multiinformation", &input, NULL);
}

static void test_integers_by_hand(void **state) {
    (void)state;
    /* p(0,0) = 1/2, p(0,1) = p(1,1) = 1/4 */
    const double source[] = {0, 0, 0, 1, 1, 1};
    const double weights[] = {0.5, 0.25, 0.25};
    double first = -(0.75 * log(0.75) + 0.25 * log(0.25));
    double second = log(2);
    double joint = 1.5 * log(2);
    double expected = (first + second - joint) / (first + second);
    assert_near(of_sources(source, weights, 3, 2), expected, 1e-15);
}

static void test_independent_and_identical(void **state) {
    (void)state;
    double design[16 * 2];
    double copies[16 * 3];
    double weights[16];
    for (size_t n = 0; n < 16; n++) {
        design[2 * n] = floor((double)n / 4) - 7;
        design[2 * n + 1] = 1000 * (double)(n % 4);
        copies[3 * n] = copies[3 * n + 1] = copies[3 * n + 2] = 0.37 * (double)n;
        weights[n] = 1.0 / 16;
    }
    assert_true(fabs(of_sources(design, weights, 16, 2)) < 1e-15);
    assert_near(of_sources(copies, weights, 16, 3), 2.0 / 3, 1e-15);
    assert_true(of_sources(copies, weights, 16, 1) == 0);
}

static void test_weights_are_repetitions(void **state) {
    (void)state;
    struct samples weighted;
    struct samples repeated;
    make_samples(&weighted, 1);
    for (size_t k = 0; k < (size_t)SAMPLES * SOURCES; k++) { /* integers need no bins */
        weighted.source[k] = floor(3 * weighted.source[k]);
    }
    double before = score_of("multiinformation", &weighted.input, NULL);
    weight_thirds(&weighted, &repeated);
    double by_weight = score_of("multiinformation", &weighted.input, NULL);
    assert_near(by_weight, score_of("multiinformation", &repeated.input, NULL), 1e-13);
    assert_true(fabs(by_weight - before) > 1e-6);
}

/* Offset and scale of a continuous source move its bins along; order of samples is nothing. */
static void test_invariances(void **state) {
    (void)state;
    struct samples plain;
    struct samples changed;
    make_samples(&plain, 2);
    make_samples(&changed, 2);
    for (size_t n = 0; n < SAMPLES; n++) {
        for (size_t i = 0; i < SOURCES; i++) {
            changed.source[n * SOURCES + i] =
                8 * plain.source[(SAMPLES - 1 - n) * SOURCES + (i + 1) % SOURCES];
        }
    }
    double value = score_of("multiinformation", &plain.input, NULL);
    assert_true(value > 0.01 && value < 1);
    assert_near(value, score_of("multiinformation", &changed.input, NULL), 1e-13);
}

static void test_constant_sources(void **state) {
    (void)state;
    const double weights[] = {0.3, 0.3, 0.4};
    const double constant[] = {0.1, 2, 0.1, 2, 0.1, 2};
    const double one_varies[] = {0.1, 2, 0.1, 3, 0.1, 4};
    assert_true(isnan(of_sources(constant, weights, 3, 2)));
    assert_true(fabs(of_sources(one_varies, weights, 3, 2)) < 1e-15);
    assert_true(isnan(of_sources(constant, weights, 1, 2)));
}

/* Most values equal: the quartiles coincide and Sturges' rule remains, as numpy does. */
static void test_coinciding_quartiles(void **state) {
    (void)state;
    enum { COUNT = 32 }; /* Sturges: 6 bins of width 1/6 over [0, 1] */
    double source[2 * COUNT];
    double weights[COUNT];
    for (size_t n = 0; n < COUNT; n++) {
        source[2 * n] = n == 0 ? 0 : n == 1 ? 1 : n == 2 ? 0.51 : 0.5 + 1e-9;
        source[2 * n + 1] = n == 2;
        weights[n] = 1.0 / COUNT;
    }
    /* Bins hold 1, 1 and 30 samples: sample 2 lies in the large one, so codes say little about it.
     */
    double p[] = {1.0 / 32, 1.0 / 32, 30.0 / 32};
    double first = 0;
    for (size_t k = 0; k < 3; k++) {
        first -= p[k] * log(p[k]);
    }
    double second = -(31.0 / 32 * log(31.0 / 32) + 1.0 / 32 * log(1.0 / 32));
    double joint = -(3 * log(1.0 / 32) / 32 + 29.0 / 32 * log(29.0 / 32));
    double expected = (first + second - joint) / (first + second);
    assert_near(of_sources(source, weights, COUNT, 2), expected, 1e-14);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_integers_by_hand),
        cmocka_unit_test(test_independent_and_identical),
        cmocka_unit_test(test_weights_are_repetitions),
        cmocka_unit_test(test_invariances),
        cmocka_unit_test(test_constant_sources),
        cmocka_unit_test(test_coinciding_quartiles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
