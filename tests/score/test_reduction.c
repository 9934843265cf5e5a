#include "score/reduction.h"

#include "score/scored.h"

/* Two samples make any range: latents with ranges 1, 0.1, 0.11 and 0. */
static const double LATENT[] = {0, 5, 1, 3, 1, 5.1, 1.11, 3};
static const double SOURCE[] = {0, 0, 1, 1};
static const double WEIGHTS[] = {0.5, 0.5};
static const struct score_input INPUT = {.samples = 2,
                                         .sources = 2,
                                         .latents = 4,
                                         .source = SOURCE,
                                         .latent = LATENT,
                                         .weights = WEIGHTS};

static void test_active(void **state) {
    (void)state;
    bool active[4];
    assert_int_equal(score_active(&INPUT, active), 2); /* a tenth itself is not above it */
    assert_true(active[0] && active[2]);
    const double dead[8] = {1, 2, 3, 4, 1, 2, 3, 4};
    struct score_input input = INPUT;
    input.latent = dead;
    assert_int_equal(score_active(&input, active), 0);
}

static double reduced(enum status (*reduce)(const struct score_input *, const double *,
                                            struct arena *, double *, struct error *),
                      const struct score_input *input, const double *matrix) {
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    double value = 0;
    assert_ok(&error, reduce(input, matrix, &arena, &value, &error));
    return value;
}

/* Columns 1 and 3 do not count, whatever stands there. */
static void test_by_hand(void **state) {
    (void)state;
    const double matrix[] = {0.9, 9, 0.2, NAN, 0.1, 9, 0.6, NAN};
    /* modularity: shares 0.9 and 0.75; compactness: shares 9/11 and 6/7; chance 1/2 for both. */
    double modularity = 2 * ((0.9 + 0.75) / 2 - 0.5);
    double compactness = 2 * ((9.0 / 11 + 6.0 / 7) / 2 - 0.5);
    assert_near(reduced(score_modularity, &INPUT, matrix), modularity, 1e-15);
    assert_near(reduced(score_compactness, &INPUT, matrix), compactness, 1e-15);
}

static void test_extremes(void **state) {
    (void)state;
    const double pure[] = {0.9, 0, 0, 0, 0, 0, 0.3, 0};
    const double even[] = {0.4, 0, 0.4, 0, 0.4, 0, 0.4, 0};
    assert_true(reduced(score_modularity, &INPUT, pure) == 1);
    assert_true(reduced(score_compactness, &INPUT, pure) == 1);
    assert_true(reduced(score_modularity, &INPUT, even) == 0);
    assert_true(reduced(score_compactness, &INPUT, even) == 0);
}

static void test_undefined(void **state) {
    (void)state;
    const double unknown[] = {0.5, 0, 0, 0, 0.5, 0, 0, 0};
    assert_true(isnan(reduced(score_modularity, &INPUT, unknown))); /* nothing about latent 2 */
    const double nan_source[] = {NAN, NAN, NAN, NAN, 0.5, 0, 0.1, 0};
    assert_true(isnan(reduced(score_modularity, &INPUT, nan_source)));
    assert_true(isnan(reduced(score_compactness, &INPUT, nan_source)));
    struct score_input input = INPUT;
    input.sources = 1;
    assert_true(isnan(reduced(score_modularity, &input, unknown)));
    assert_true(!isnan(reduced(score_compactness, &input, unknown)));
    input = INPUT;
    input.latents = 1;
    input.latent = SOURCE; /* samples 0 and 0: dead */
    assert_true(isnan(reduced(score_modularity, &input, unknown)));
    const double alive[] = {0, 1};
    input.latent = alive;
    assert_true(isnan(reduced(score_compactness, &input, unknown)));
    assert_true(!isnan(reduced(score_modularity, &input, unknown)));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_active),
        cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_extremes),
        cmocka_unit_test(test_undefined),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
