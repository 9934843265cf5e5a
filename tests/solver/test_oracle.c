/* The oracle's gradient against finite differences, and its weighted means against repetition. */
#include "solver/oracle.h"

static const double DIFFERENCE = 1e-6;
static const double GRADIENT_TOLERANCE = 1e-7;

/* Norm of the difference from central differences, relative to the gradient's. */
static double gradient_error(struct oracle *oracle) {
    double difference = 0.0;
    double norm = 0.0;
    (void)oracle_gradient(oracle);
    for (size_t k = 0; k < oracle->count; k++) {
        double weight = oracle->weights[k];
        oracle->weights[k] = weight + DIFFERENCE;
        double above = oracle_loss(oracle).total;
        oracle->weights[k] = weight - DIFFERENCE;
        double below = oracle_loss(oracle).total;
        oracle->weights[k] = weight;
        double error = oracle->gradient[k] - (above - below) / (2.0 * DIFFERENCE);
        difference += error * error;
        norm += oracle->gradient[k] * oracle->gradient[k];
    }
    return sqrt(difference / norm);
}

static void expect_gradient(struct trial *trial, struct arena *arena) {
    struct lane lane = trial_lane(trial);
    struct oracle oracle = oracle_make(&lane, &trial->shape, arena);
    double error = gradient_error(&oracle);
    if (!(error <= GRADIENT_TOLERANCE)) {
        fail_msg("off by %.3g: %zu sources, %zu latents, power %lld, threshold %g", error,
                 trial->shape.inputs, trial->shape.latents,
                 (long long)trial->job.loss.negativity_power, trial->job.loss.fit_threshold);
    }
}

static void test_gradient_is_the_slope_of_the_loss(void **state) {
    (void)state;
    static const size_t sources[] = {1, 2, 5};
    static const size_t hidden[] = {1, 6};
    SCOPED(arena_free) struct arena arena = {0};
    for (uint64_t key = 0; key < 24; key++) {
        struct trial trial =
            trial_random(key, 7 + key, sources[key % 3], hidden[key / 3 % 2], &arena);
        trial.job.loss.negativity_power = 1 + (int64_t)(key / 6 % 2);
        if (key >= 12) {
            trial_penalise_each(&trial, 0.1, 0.02, &arena);
        }
        expect_gradient(&trial, &arena);
        trial.job.loss.fit_threshold = 1e-3; /* below FIT */
        expect_gradient(&trial, &arena);
        trial.job.loss.fit_threshold = 1e3; /* above */
        expect_gradient(&trial, &arena);
    }
}

static const double *copied(const double *numbers, size_t count, struct arena *arena) {
    double *copy = numbers_of(arena, count);
    memcpy(copy, numbers, count * sizeof *copy);
    return copy;
}

/* A sample of weight 2/3 beside one of 1/3 counts as if it were there twice. */
static void test_weights_are_repetitions(void **state) {
    (void)state;
    static const double once[] = {0.2, 0.9, 0.7, 0.1};
    static const double twice[] = {0.2, 0.9, 0.2, 0.9, 0.7, 0.1};
    static const double shares[] = {2.0 / 3.0, 1.0 / 3.0};
    static const double thirds[] = {1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0};
    SCOPED(arena_free) struct arena arena = {0};
    struct trial weighted = trial_random(1, 2, 2, 3, &arena);
    weighted.data.inputs = copied(once, 4, &arena);
    weighted.data.weights = copied(shares, 2, &arena);
    struct trial repeated = trial_random(1, 3, 2, 3, &arena);
    repeated.data.inputs = copied(twice, 6, &arena);
    repeated.data.weights = copied(thirds, 3, &arena);
    repeated.initial = weighted.initial;
    repeated.job.loss = weighted.job.loss;
    struct lane lanes[] = {trial_lane(&weighted), trial_lane(&repeated)};
    struct oracle a = oracle_make(&lanes[0], &weighted.shape, &arena);
    struct oracle b = oracle_make(&lanes[1], &repeated.shape, &arena);
    assert_near(oracle_loss(&a).total / oracle_loss(&b).total, 1.0, 1e-14);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_gradient_is_the_slope_of_the_loss),
        cmocka_unit_test(test_weights_are_repetitions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
