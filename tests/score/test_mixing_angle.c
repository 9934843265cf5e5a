#include "score/samples.h"

static const double DIRECTIONS[LATENTS][SOURCES] = {
    {3, 0, 0},         {0, -2, 0.2}, /* atan(0.1) from its axis */
    {0.09, 0.08, 0.1},               /* too short to count: under a tenth of the longest */
    {0, 0, 1},         {0, 0, 0},
};

/* Latents of a linear layer with the rows `directions` as input weights. */
static void layer(struct samples *samples, const double directions[LATENTS][SOURCES]) {
    for (size_t n = 0; n < SAMPLES; n++) {
        for (size_t j = 0; j < LATENTS; j++) {
            double z = (double)j - 2;
            for (size_t i = 0; i < SOURCES; i++) {
                z += directions[j][i] * samples->source[n * SOURCES + i];
            }
            samples->latent[n * LATENTS + j] = z;
        }
    }
}

static void test_rows_of_the_weights(void **state) {
    (void)state;
    struct samples samples;
    make_samples(&samples, 1);
    layer(&samples, DIRECTIONS);
    double angle = score_of("mixing_angle", &samples.input, NULL);
    assert_near(angle, atan(0.1), 1e-12);
    double mixed[LATENTS][SOURCES];
    memcpy(mixed, DIRECTIONS, sizeof mixed);
    mixed[3][0] = mixed[3][1] = -1; /* the diagonal: acos(1/√3), the largest there is */
    layer(&samples, (const double(*)[SOURCES])mixed);
    angle = score_of("mixing_angle", &samples.input, NULL);
    assert_near(angle, acos(1 / sqrt(3)), 1e-12);
}

static void test_invariant_to_scale_and_order(void **state) {
    (void)state;
    struct samples plain;
    struct samples changed;
    make_samples(&plain, 2);
    make_samples(&changed, 2);
    for (size_t n = 0; n < SAMPLES; n++) {
        for (size_t j = 0; j < LATENTS; j++) {
            changed.latent[n * LATENTS + (2 * j) % LATENTS] =
                -4 * plain.latent[n * LATENTS + j] + 1;
        }
    }
    assert_near(score_of("mixing_angle", &plain.input, NULL),
                score_of("mixing_angle", &changed.input, NULL), 1e-12);
}

static void test_weights_are_repetitions(void **state) {
    (void)state;
    struct samples weighted;
    struct samples repeated;
    make_samples(&weighted, 3);
    double before = score_of("mixing_angle", &weighted.input, NULL);
    weight_thirds(&weighted, &repeated);
    double by_weight = score_of("mixing_angle", &weighted.input, NULL);
    assert_near(by_weight, score_of("mixing_angle", &repeated.input, NULL), 1e-12);
    assert_true(fabs(by_weight - before) > 1e-6);
}

static void test_degenerate(void **state) {
    (void)state;
    struct samples samples;
    make_samples(&samples, 4);
    memset(samples.latent, 0, sizeof samples.latent);
    assert_true(isnan(score_of("mixing_angle", &samples.input, NULL)));
    make_samples(&samples, 4);
    for (size_t n = 0; n < SAMPLES; n++) { /* a doubled source shares its coefficient: 45 degrees */
        double s = samples.source[n * SOURCES];
        samples.source[n * SOURCES + 1] = s;
        for (size_t j = 0; j < LATENTS; j++) {
            samples.latent[n * LATENTS + j] = s;
        }
    }
    assert_near(score_of("mixing_angle", &samples.input, NULL), atan(1), 1e-7);
    make_samples(&samples, 4);
    samples.input.samples = 2; /* fewer than sources */
    samples.weights[0] = samples.weights[1] = 0.5;
    assert_true(isfinite(score_of("mixing_angle", &samples.input, NULL)));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows_of_the_weights),
        cmocka_unit_test(test_invariant_to_scale_and_order),
        cmocka_unit_test(test_weights_are_repetitions),
        cmocka_unit_test(test_degenerate),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
