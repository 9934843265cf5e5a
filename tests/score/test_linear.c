#include "score/samples.h"

static const char *const NAMES[] = {"linear_infom", "linear_infoc", "linear_cinfom",
                                    "linear_cinfoc"};
enum { NAME_COUNT = sizeof NAMES / sizeof *NAMES };
static const double TOLERANCE = 1e-12;

static void assert_same_scores(const struct score_input *a, const struct score_input *b) {
    for (size_t k = 0; k < NAME_COUNT; k++) {
        double left = score_of(NAMES[k], a, NULL);
        double right = score_of(NAMES[k], b, NULL);
        assert_true(!isnan(left));
        if (!same_within(left, right, TOLERANCE)) {
            fail_msg("%s: %.17g and %.17g", NAMES[k], left, right);
        }
    }
}

/* Signs, scales that keep latents active, offsets and order of latents change nothing. */
static void test_invariant_to_scale_and_order(void **state) {
    (void)state;
    struct samples plain;
    struct samples changed;
    make_samples(&plain, 1);
    make_samples(&changed, 1);
    const double factors[LATENTS] = {-1, 0.5, 2, 1.5, -0.7};
    for (size_t n = 0; n < SAMPLES; n++) {
        for (size_t j = 0; j < LATENTS; j++) {
            size_t k = (2 * j + 1) % LATENTS;
            changed.latent[n * LATENTS + k] =
                factors[j] * plain.latent[n * LATENTS + j] + 3 * (double)j;
        }
    }
    assert_same_scores(&plain.input, &changed.input);
}

static void test_weights_are_repetitions(void **state) {
    (void)state;
    struct samples weighted;
    struct samples repeated;
    make_samples(&weighted, 2);
    double before = score_of("linear_cinfom", &weighted.input, NULL);
    weight_thirds(&weighted, &repeated);
    assert_same_scores(&weighted.input, &repeated.input);
    assert_true(fabs(score_of("linear_cinfom", &weighted.input, NULL) - before) > 1e-6);
}

/* Latents that each copy one source of an uncorrelated design are modular. */
static void test_modular(void **state) {
    (void)state;
    const double source[] = {0, 0, 0, 1, 1, 0, 1, 1};
    const double latent[] = {5, 0, 5, 3, 6, 0, 6, 3};
    const double weights[] = {0.25, 0.25, 0.25, 0.25};
    struct score_input input = {.samples = 4,
                                .sources = 2,
                                .latents = 2,
                                .source = source,
                                .latent = latent,
                                .weights = weights};
    for (size_t k = 0; k < NAME_COUNT; k++) {
        assert_true(same_within(score_of(NAMES[k], &input, NULL), 1, TOLERANCE));
    }
}

/* With two sources of correlation ρ the conditional matrix is r²/(1 − ρ²), at most 1. */
static void test_conditional_matrix(void **state) {
    (void)state;
    struct samples samples;
    make_samples(&samples, 3);
    struct score_input input = samples.input;
    input.sources = 2;
    double source[2 * SAMPLES];
    for (size_t n = 0; n < SAMPLES; n++) {
        source[2 * n] = samples.source[n * SOURCES];
        source[2 * n + 1] = samples.source[n * SOURCES] + samples.source[n * SOURCES + 1];
    }
    input.source = source;
    struct score_input sources_only = input; /* sources as latents: r² is ρ² */
    sources_only.latents = 2;
    sources_only.latent = source;
    double correlations[4];
    double plain[2 * LATENTS];
    double conditional[2 * LATENTS];
    (void)score_of("linear_infom", &sources_only, correlations);
    (void)score_of("linear_infom", &input, plain);
    (void)score_of("linear_cinfom", &input, conditional);
    bool clipped = false;
    for (size_t k = 0; k < sizeof plain / sizeof *plain; k++) {
        double expected = plain[k] / (1 - correlations[1]);
        clipped = clipped || expected > 1;
        assert_true(same_within(conditional[k], fmin(expected, 1), TOLERANCE));
    }
    assert_true(clipped);
}

/* A constant or doubled source has no conditional information; a dead latent carries none at all.
 */
static void test_degenerate(void **state) {
    (void)state;
    struct samples samples;
    double matrix[SOURCES * LATENTS];
    make_samples(&samples, 4);
    for (size_t n = 0; n < SAMPLES; n++) {
        samples.source[n * SOURCES + 1] = samples.source[n * SOURCES];
        samples.latent[n * LATENTS + 4] = 0.1;
    }
    assert_true(!isnan(score_of("linear_infom", &samples.input, matrix)));
    for (size_t i = 0; i < SOURCES; i++) {
        assert_true(matrix[i * LATENTS + 4] == 0);
    }
    assert_true(isnan(score_of("linear_cinfom", &samples.input, matrix)));
    assert_true(isnan(matrix[0]) && isnan(matrix[LATENTS]) && !isnan(matrix[(size_t)2 * LATENTS]));
    for (size_t n = 0; n < SAMPLES; n++) {
        samples.source[n * SOURCES + 1] = 0.1;
    }
    for (size_t k = 0; k < NAME_COUNT; k++) {
        assert_true(isnan(score_of(NAMES[k], &samples.input, matrix)));
    }
}

static void test_few_samples_and_dead_networks(void **state) {
    (void)state;
    struct samples samples;
    make_samples(&samples, 5);
    samples.input.samples = 2; /* fewer than sources: each is explained by the others */
    samples.weights[0] = samples.weights[1] = 0.5;
    assert_true(same_within(score_of("linear_infom", &samples.input, NULL), 0, TOLERANCE));
    assert_true(isnan(score_of("linear_cinfom", &samples.input, NULL)));
    samples.input.samples = 1;
    samples.weights[0] = 1;
    assert_true(isnan(score_of("linear_infom", &samples.input, NULL)));
    make_samples(&samples, 5);
    memset(samples.latent, 0, sizeof samples.latent);
    for (size_t k = 0; k < NAME_COUNT; k++) {
        assert_true(isnan(score_of(NAMES[k], &samples.input, NULL)));
    }
    make_samples(&samples, 5);
    samples.input.sources = 1;
    samples.input.source = samples.latent; /* any varying numbers */
    assert_true(isnan(score_of("linear_cinfom", &samples.input, NULL)));
    assert_true(!isnan(score_of("linear_cinfoc", &samples.input, NULL)));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_invariant_to_scale_and_order),
        cmocka_unit_test(test_weights_are_repetitions),
        cmocka_unit_test(test_modular),
        cmocka_unit_test(test_conditional_matrix),
        cmocka_unit_test(test_degenerate),
        cmocka_unit_test(test_few_samples_and_dead_networks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
