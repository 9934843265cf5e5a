#include "score/samples.h"

static void make_labelled(struct samples *samples, uint64_t seed) {
    make_samples(samples, seed);
    for (size_t k = 0; k < (size_t)SAMPLES * SOURCES; k++) {
        samples->source[k] = floor(2.0 * samples->source[k]);
    }
    for (size_t k = 0; k < (size_t)SAMPLES * LATENTS; k++) { /* few latents, much noise */
        samples->latent[k] += 3.0 * sin(17.0 * (double)k * (double)k);
    }
}

/* One latent of two values leaves the fit free in each: of label l among samples of value z it
 * gives p(l | z) in proportion to n_lz / n_l, since every label weighs the same. */
static void test_closed_form(void **state) {
    (void)state;
    enum { LABELS = 3, PLACES = 2 };
    static const size_t counts[LABELS][PLACES] = {{9, 3}, {4, 4}, {1, 7}};
    double source[SAMPLES];
    double latent[SAMPLES];
    double weights[SAMPLES];
    size_t samples = 0;
    double loss = 0.0;
    for (size_t l = 0; l < LABELS; l++) {
        for (size_t z = 0; z < PLACES; z++) {
            double sum = 0.0;
            for (size_t other = 0; other < LABELS; other++) {
                sum += (double)counts[other][z] / (double)(counts[other][0] + counts[other][1]);
            }
            double own = (double)counts[l][z] / (double)(counts[l][0] + counts[l][1]);
            loss -= (double)counts[l][z] * log(own / sum);
            for (size_t n = 0; n < counts[l][z]; n++, samples++) {
                source[samples] = 10.0 * (double)l;
                latent[samples] = 1.0 - 5.0 * (double)z;
            }
        }
    }
    for (size_t n = 0; n < samples; n++) {
        weights[n] = 1.0 / (double)samples;
    }
    struct score_input input = {.samples = samples,
                                .sources = 1,
                                .latents = 1,
                                .source = source,
                                .latent = latent,
                                .weights = weights};
    double expected = 1.0 - loss / (double)samples / log(LABELS);
    assert_true(expected > 0.1);
    assert_true(same_within(score_of("infoe", &input, NULL), expected, 1e-8));
}

/* All latents count together, in whatever coordinates, also in one too many. */
static void test_coordinates_do_not_matter(void **state) {
    (void)state;
    struct samples plain;
    struct samples mixed;
    make_labelled(&plain, 1);
    make_labelled(&mixed, 1);
    for (size_t n = 0; n < SAMPLES; n++) {
        const double *z = plain.latent + n * LATENTS;
        double *m = mixed.latent + n * LATENTS;
        m[0] = 1e4 * (z[0] + z[1]) + 5.0;
        m[1] = z[0] - 0.99 * z[1];
        m[2] = 1e-3 * z[2] + 3.0;
    }
    plain.input.latents = 3; /* rows as they were: only the first three are looked at */
    double few[SAMPLES * 3];
    double more[SAMPLES * 4];
    double crooked[SAMPLES * 3];
    for (size_t n = 0; n < SAMPLES; n++) {
        for (size_t j = 0; j < 3; j++) {
            few[3 * n + j] = plain.latent[n * LATENTS + j];
            more[4 * n + j] = plain.latent[n * LATENTS + j];
            crooked[3 * n + j] = mixed.latent[n * LATENTS + j];
        }
        more[4 * n + 3] = few[3 * n] - 2.0 * few[3 * n + 1];
    }
    struct score_input input = plain.input;
    input.latent = few;
    double value = score_of("infoe", &input, NULL);
    assert_true(value > 0.01 && value < 0.9);
    input.latent = crooked;
    assert_true(same_within(score_of("infoe", &input, NULL), value, 1e-6));
    input.latent = more;
    input.latents = 4;
    assert_true(same_within(score_of("infoe", &input, NULL), value, 1e-6));
}

static void test_weights_are_repetitions(void **state) {
    (void)state;
    struct samples weighted;
    struct samples repeated;
    make_labelled(&weighted, 2);
    double before = score_of("infoe", &weighted.input, NULL);
    weight_thirds(&weighted, &repeated);
    double value = score_of("infoe", &weighted.input, NULL);
    assert_true(same_within(value, score_of("infoe", &repeated.input, NULL), 1e-7));
    assert_true(fabs(value - before) > 1e-4);
}

/* Latents that copy the sources carry all information, dead ones none. */
static void test_extremes(void **state) {
    (void)state;
    struct samples samples;
    make_labelled(&samples, 3);
    struct score_input input = samples.input;
    input.latents = SOURCES;
    input.latent = samples.source;
    double value = score_of("infoe", &input, NULL);
    assert_true(value > 0.9999 && value <= 1.0);
    double dead[SAMPLES * 2];
    for (size_t n = 0; n < (size_t)2 * SAMPLES; n++) {
        dead[n] = n % 2 == 0 ? 0.1 : 7.0;
    }
    input.latents = 2;
    input.latent = dead;
    assert_true(same_within(score_of("infoe", &input, NULL), 0.0, 1e-12));
}

/* More latents than samples separate everything; a constant source carries no information. */
static void test_few_samples_and_constants(void **state) {
    (void)state;
    struct samples samples;
    make_labelled(&samples, 4);
    samples.input.samples = 4;
    for (size_t n = 0; n < 4; n++) {
        samples.weights[n] = 0.25;
        for (size_t i = 0; i < SOURCES; i++) {
            samples.source[n * SOURCES + i] = (double)(n % 2);
        }
    }
    assert_true(score_of("infoe", &samples.input, NULL) > 0.9999);
    for (size_t n = 0; n < 4; n++) {
        samples.source[n * SOURCES] = 0.1;
    }
    assert_true(isnan(score_of("infoe", &samples.input, NULL)));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_closed_form),
        cmocka_unit_test(test_coordinates_do_not_matter),
        cmocka_unit_test(test_weights_are_repetitions),
        cmocka_unit_test(test_extremes),
        cmocka_unit_test(test_few_samples_and_constants),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
