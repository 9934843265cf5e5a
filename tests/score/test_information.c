#include "score/samples.h"

static const char *const NAMES[] = {"infom", "infoc", "cinfom", "cinfoc"};
enum { NAME_COUNT = sizeof NAMES / sizeof *NAMES, VALUES = 3 };
static const double TOLERANCE = 1e-12;

/* Labels in place of the sources: VALUES of them each. */
static void make_labelled(struct samples *samples, uint64_t seed) {
    make_samples(samples, seed);
    for (size_t k = 0; k < (size_t)SAMPLES * SOURCES; k++) {
        samples->source[k] = floor(VALUES * samples->source[k] / 1.5);
    }
}

/* A whole grid of VALUES labels for each of two sources, `copies` times, in latents that copy a
 * source each. */
static struct score_input make_grid(struct samples *samples, size_t copies) {
    size_t count = copies * VALUES * VALUES;
    for (size_t n = 0; n < count; n++) {
        samples->source[2 * n] = (double)(n % VALUES);
        samples->source[2 * n + 1] = (double)(n / VALUES % VALUES);
        samples->latent[2 * n] = 0.3 * samples->source[2 * n];
        samples->latent[2 * n + 1] = -samples->source[2 * n + 1];
        samples->weights[n] = 1.0 / (double)count;
    }
    return (struct score_input){.samples = count,
                                .sources = 2,
                                .latents = 2,
                                .source = samples->source,
                                .latent = samples->latent,
                                .weights = samples->weights};
}

/* Names of labels, and scale and place of latents, change nothing; noise goes with the scale. */
static void test_invariance(void **state) {
    (void)state;
    struct samples plain;
    struct samples changed;
    struct scoring_settings noisy = {.neighbours = 3, .duplicates = 2, .noise = 0.1};
    make_labelled(&plain, 1);
    make_labelled(&changed, 1);
    for (size_t n = 0; n < (size_t)SAMPLES * LATENTS; n++) {
        changed.latent[n] = 8.0 * plain.latent[n];
    }
    for (size_t n = 0; n < (size_t)SAMPLES * SOURCES; n++) {
        changed.source[n] = fmod(plain.source[n] + 1.0, VALUES) - 0.7;
    }
    for (int noise = 0; noise < 2; noise++) {
        plain.input.scoring = changed.input.scoring = noise ? &noisy : NULL;
        for (size_t k = 0; k < NAME_COUNT; k++) {
            double value = score_of(NAMES[k], &plain.input, NULL);
            assert_true(!isnan(value));
            assert_true(same_within(value, score_of(NAMES[k], &changed.input, NULL), 1e-9));
        }
    }
}

/* A weight that is a whole multiple of the least is so many samples. */
static void test_weights_are_repetitions(void **state) {
    (void)state;
    struct samples weighted;
    struct samples repeated;
    make_labelled(&weighted, 2);
    double before = score_of("cinfom", &weighted.input, NULL);
    weight_thirds(&weighted, &repeated);
    for (size_t k = 0; k < NAME_COUNT; k++) {
        assert_true(same_within(score_of(NAMES[k], &weighted.input, NULL),
                                score_of(NAMES[k], &repeated.input, NULL), TOLERANCE));
    }
    assert_true(fabs(score_of("cinfom", &weighted.input, NULL) - before) > 1e-6);
}

/* Without noise, duplicates are samples that occur twice. */
static void test_duplicates_are_repetitions(void **state) {
    (void)state;
    struct samples once;
    struct samples twice;
    struct scoring_settings doubled = {.neighbours = 4, .duplicates = 2};
    struct scoring_settings single = {.neighbours = 4, .duplicates = 1};
    double matrices[2][SOURCES * LATENTS];
    make_labelled(&once, 3);
    make_labelled(&twice, 3);
    const size_t samples = SAMPLES;
    memcpy(twice.source + samples * SOURCES, once.source, sizeof once.source / 2);
    memcpy(twice.latent + samples * LATENTS, once.latent, sizeof once.latent / 2);
    twice.input.samples = 2 * samples;
    for (size_t n = 0; n < 2 * samples; n++) {
        twice.weights[n] = 0.5 / SAMPLES;
    }
    once.input.scoring = &doubled;
    twice.input.scoring = &single;
    for (size_t k = 0; k < NAME_COUNT; k++) {
        assert_true(same_within(score_of(NAMES[k], &once.input, matrices[0]),
                                score_of(NAMES[k], &twice.input, matrices[1]), TOLERANCE));
        for (size_t l = 0; l < (size_t)SOURCES * LATENTS; l++) {
            assert_true(same_within(matrices[0][l], matrices[1][l], TOLERANCE));
        }
    }
}

/* The estimator counts: of half a sample it knows nothing. */
static void test_weights_that_are_no_multiples(void **state) {
    (void)state;
    struct samples samples;
    make_labelled(&samples, 4);
    samples.weights[0] *= 1.5;
    for (size_t k = 0; k < NAME_COUNT; k++) {
        assert_true(isnan(score_of(NAMES[k], &samples.input, NULL)));
    }
    samples.weights[0] *= 2.0 * (1.0 + 1e-12); /* thrice, up to rounding */
    assert_true(!isnan(score_of("infom", &samples.input, NULL)));
    samples.weights[0] *= 1e9; /* too many points */
    assert_true(isnan(score_of("infom", &samples.input, NULL)));
}

/* Noise is the job's own: the same each time, other for another job, of the size that is set. */
static void test_noise(void **state) {
    (void)state;
    struct samples samples;
    struct scoring_settings noisy = {.neighbours = 2, .duplicates = 2, .noise = 0.05};
    make_labelled(&samples, 5);
    samples.input.scoring = &noisy;
    samples.input.hash = (struct job_hash){{1, 2}};
    double first = score_of("cinfom", &samples.input, NULL);
    assert_true(first == score_of("cinfom", &samples.input, NULL));
    samples.input.hash = (struct job_hash){{1, 3}};
    assert_true(first != score_of("cinfom", &samples.input, NULL));
    double matrix[SOURCES * LATENTS];
    double clear = 0.0;
    double drowned = 0.0;
    (void)score_of("infom", &samples.input, matrix);
    for (size_t k = 0; k < (size_t)SOURCES * LATENTS; k++) {
        clear += matrix[k];
    }
    noisy.noise = 10.0;
    (void)score_of("infom", &samples.input, matrix);
    for (size_t k = 0; k < (size_t)SOURCES * LATENTS; k++) {
        drowned += matrix[k];
    }
    assert_true(drowned < 0.5 * clear);
}

/* Latents that copy a source each are modular: as counts without noise, and with the noise that
 * sweeps add. */
static void test_modular(void **state) {
    (void)state;
    struct samples samples;
    struct scoring_settings sweep = {.neighbours = 2, .duplicates = 2, .noise = 1e-2};
    double matrix[4];
    struct score_input input = make_grid(&samples, 10);
    for (int noise = 0; noise < 2; noise++) {
        double tolerance = noise ? 0.1 : TOLERANCE;
        input.scoring = noise ? &sweep : NULL;
        for (size_t k = 0; k < NAME_COUNT; k++) {
            double value = score_of(NAMES[k], &input, matrix);
            assert_true(same_within(value, 1.0, tolerance));
            assert_true(matrix[0] > 1.0 - tolerance && matrix[3] > 1.0 - tolerance);
            assert_true(matrix[1] < tolerance && matrix[2] < tolerance);
        }
    }
}

/* On a grid with one sample in each cell all labels together occur once, hence are dropped: only
 * duplicates know the conditional information. */
static void test_cells_with_one_sample(void **state) {
    (void)state;
    struct samples samples;
    struct scoring_settings sweep = {.neighbours = 2, .duplicates = 2, .noise = 1e-2};
    struct score_input input = make_grid(&samples, 1);
    assert_true(isnan(score_of("cinfom", &input, NULL)));
    assert_true(!isnan(score_of("infom", &input, NULL)));
    input.scoring = &sweep;
    assert_true(score_of("cinfom", &input, NULL) > 0.5);
}

/* The conditional matrix of a single source is the plain one; one number of it is no modularity. */
static void test_single_source(void **state) {
    (void)state;
    struct samples samples;
    double plain[LATENTS];
    double conditional[LATENTS];
    double label[SAMPLES];
    make_labelled(&samples, 6);
    for (size_t n = 0; n < SAMPLES; n++) {
        label[n] = samples.source[n * SOURCES];
    }
    samples.input.sources = 1;
    samples.input.source = label;
    assert_true(isnan(score_of("infom", &samples.input, plain)));
    assert_true(isnan(score_of("cinfom", &samples.input, conditional)));
    for (size_t j = 0; j < LATENTS; j++) {
        assert_true(same_within(plain[j], conditional[j], TOLERANCE));
    }
    assert_true(plain[0] > 0.1);
    assert_true(!isnan(score_of("infoc", &samples.input, NULL)));
}

/* Nothing is left of a source that others determine, or of a constant; a dead latent carries no
 * information. */
static void test_degenerate(void **state) {
    (void)state;
    struct samples samples;
    struct scoring_settings sweep = {.neighbours = 2, .duplicates = 2, .noise = 1e-2};
    double matrix[SOURCES * LATENTS];
    make_labelled(&samples, 7);
    for (size_t n = 0; n < SAMPLES; n++) {
        samples.source[n * SOURCES + 1] = 7.0 - samples.source[n * SOURCES];
        samples.latent[n * LATENTS + 4] = 0.1;
    }
    samples.input.scoring = &sweep;
    assert_true(!isnan(score_of("infom", &samples.input, matrix)));
    for (size_t i = 0; i < SOURCES; i++) {
        assert_true(matrix[i * LATENTS + 4] == 0.0);
    }
    assert_true(isnan(score_of("cinfom", &samples.input, matrix)));
    assert_true(isnan(matrix[0]) && isnan(matrix[LATENTS]) && !isnan(matrix[(size_t)2 * LATENTS]));
    for (size_t n = 0; n < SAMPLES; n++) {
        samples.source[n * SOURCES + 1] = 7.0;
    }
    for (size_t k = 0; k < NAME_COUNT; k++) {
        assert_true(isnan(score_of(NAMES[k], &samples.input, NULL)));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_invariance),
        cmocka_unit_test(test_weights_are_repetitions),
        cmocka_unit_test(test_duplicates_are_repetitions),
        cmocka_unit_test(test_weights_that_are_no_multiples),
        cmocka_unit_test(test_noise),
        cmocka_unit_test(test_modular),
        cmocka_unit_test(test_cells_with_one_sample),
        cmocka_unit_test(test_single_source),
        cmocka_unit_test(test_degenerate),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
