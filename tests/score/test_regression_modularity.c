#include "score/samples.h"

static const char NAME[] = "regression_modularity";
static const double TOLERANCE = 1e-12;

/* Latents that are sums of the sources, with one row of coefficients each. */
static void mix(struct samples *samples, const double coefficients[LATENTS][SOURCES]) {
    for (size_t n = 0; n < SAMPLES; n++) {
        for (size_t j = 0; j < LATENTS; j++) {
            double z = (double)j - 1;
            for (size_t i = 0; i < SOURCES; i++) {
                z += coefficients[j][i] * samples->source[n * SOURCES + i];
            }
            samples->latent[n * LATENTS + j] = z;
        }
    }
}

/* Weighted standard deviation of a source. */
static double deviation(const struct samples *samples, size_t source) {
    double mean = 0;
    double square = 0;
    for (size_t n = 0; n < samples->input.samples; n++) {
        mean += samples->weights[n] * samples->source[n * SOURCES + source];
    }
    for (size_t n = 0; n < samples->input.samples; n++) {
        double centred = samples->source[n * SOURCES + source] - mean;
        square += samples->weights[n] * centred * centred;
    }
    return sqrt(square);
}

/* Sources that are their own latents are modular, however correlated. */
static void test_correlated_sources(void **state) {
    (void)state;
    static const double own[LATENTS][SOURCES] = {
        {2, 0, 0}, {0, -1, 0}, {0, 0, 1}, {-3, 0, 0}, {0, 1, 0}};
    struct samples samples;
    make_samples(&samples, 1);
    mix(&samples, own);
    assert_near(score_of(NAME, &samples.input, NULL), 1, TOLERANCE);
    assert_true(score_of("linear_cinfom", &samples.input, NULL) < 0.99);
}

/* All latents follow all sources to the same degree, in standard deviations. */
static void test_all_mixed(void **state) {
    (void)state;
    double even[LATENTS][SOURCES];
    struct samples samples;
    make_samples(&samples, 2);
    for (size_t j = 0; j < LATENTS; j++) {
        for (size_t i = 0; i < SOURCES; i++) {
            even[j][i] = ((i + j) % 2 == 0 ? 1 : -1) / deviation(&samples, i);
        }
    }
    mix(&samples, even);
    assert_true(fabs(score_of(NAME, &samples.input, NULL)) < TOLERANCE);
}

/* (mean of the largest shares − 1/S) / (1 − 1/S), and the matrix itself. */
static void test_shares(void **state) {
    (void)state;
    static const double some[LATENTS][SOURCES] = {
        {1, 0.5, 0}, {0, 1, -1}, {0.3, 0.2, 1}, {1, 0, 0}, {-1, 2, 0.1}};
    double matrix[SOURCES * LATENTS];
    double mean = 0;
    struct samples samples;
    make_samples(&samples, 3);
    mix(&samples, some);
    double score = score_of(NAME, &samples.input, matrix);
    for (size_t j = 0; j < LATENTS; j++) {
        double sum = 0;
        double most = 0;
        for (size_t i = 0; i < SOURCES; i++) {
            double share = some[j][i] * deviation(&samples, i);
            assert_near(matrix[i * LATENTS + j], share * share, TOLERANCE);
            sum += share * share;
            most = fmax(most, share * share);
        }
        mean += most / sum / LATENTS;
    }
    assert_near(score, (mean - 1.0 / SOURCES) / (1 - 1.0 / SOURCES), TOLERANCE);
}

static void test_units_do_not_matter(void **state) {
    (void)state;
    struct samples samples;
    make_samples(&samples, 4);
    double expected = score_of(NAME, &samples.input, NULL);
    for (size_t n = 0; n < SAMPLES; n++) {
        samples.source[n * SOURCES] = 1e3 * samples.source[n * SOURCES] + 7;
        samples.source[n * SOURCES + 1] *= -1e-3;
        for (size_t j = 0; j < LATENTS; j++) {
            samples.latent[n * LATENTS + j] *= 2;
        }
    }
    assert_near(score_of(NAME, &samples.input, NULL), expected, 1e-9);
}

static void test_weights_count_repetitions(void **state) {
    (void)state;
    struct samples weighted;
    struct samples repeated;
    make_samples(&weighted, 5);
    weight_thirds(&weighted, &repeated);
    double expected = score_of(NAME, &repeated.input, NULL);
    assert_near(score_of(NAME, &weighted.input, NULL), expected, TOLERANCE);
}

static void test_dead_latents_are_left_out(void **state) {
    (void)state;
    struct samples samples;
    make_samples(&samples, 6);
    for (size_t n = 0; n < SAMPLES; n++) {
        samples.latent[n * LATENTS] = 1;
    }
    assert_true(isfinite(score_of(NAME, &samples.input, NULL)));
    for (size_t k = 0; k < (size_t)SAMPLES * LATENTS; k++) {
        samples.latent[k] = 1;
    }
    assert_true(isnan(score_of(NAME, &samples.input, NULL)));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_correlated_sources),
        cmocka_unit_test(test_all_mixed),
        cmocka_unit_test(test_shares),
        cmocka_unit_test(test_units_do_not_matter),
        cmocka_unit_test(test_weights_count_repetitions),
        cmocka_unit_test(test_dead_latents_are_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
