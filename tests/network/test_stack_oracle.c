/* The gradient of the naive stacks against finite differences of their loss. */
#include "network/stack_oracle.h"
#include "network/stacks.h"

static const double DIFFERENCE = 1e-6;
static const double TOLERANCE = 1e-7;

static const struct stack stacks[] = {
    {"mlp_autoencoder", {0}, 0, 3, false, 4, 0, false, 1, false},
    {"mlp_autoencoder", {0}, 0, 3, true, 4, 0, false, 2, true},
    {"mlp_autoencoder", {5}, 1, 2, false, 3, 0, false, 2, true},
    {"mlp_autoencoder", {5, 4, 6}, 3, 3, true, 3, 0, false, 1, true},
    {"mlp_autoencoder", {4, 5, 3}, 3, 3, false, 2, 0, false, 1, true},
    {"feedforward", {6}, 1, 0, true, 3, 2, false, 1, false},
    {"feedforward", {6, 4, 5}, 3, 0, true, 3, 2, false, 2, true},
    {"feedforward", {6, 5}, 2, 0, true, 9, 2, true, 1, true},
};

/* Norm of the difference from central differences, relative to the gradient's. */
static double gradient_error(struct stack_oracle *o) {
    double difference = 0.0;
    (void)stack_gradient(o);
    for (size_t k = 0; k < o->base.count; k++) {
        double weight = o->base.weights[k];
        o->base.weights[k] = weight + DIFFERENCE;
        double above = stack_loss(o).total;
        o->base.weights[k] = weight - DIFFERENCE;
        double below = stack_loss(o).total;
        o->base.weights[k] = weight;
        double error = o->base.gradient[k] - (above - below) / (2.0 * DIFFERENCE);
        difference += error * error;
    }
    return sqrt(difference) / stack_gradient_norm(o);
}

static void test_gradient_is_the_slope_of_the_loss(void **state) {
    (void)state;
    static const double thresholds[] = {0.0, 1e-3, 1e3};
    SCOPED(arena_free) struct arena arena = {0};
    for (size_t s = 0; s < sizeof stacks / sizeof stacks[0]; s++) {
        for (size_t t = 0; t < 3; t++) {
            struct trial trial = stack_trial(10 * s + t, 7, &stacks[s], &arena);
            struct lane lane = trial_lane(&trial);
            trial.job.loss.fit_threshold = thresholds[t];
            struct stack_oracle o = stack_oracle_make(&lane, &trial.shape, &arena);
            double error = gradient_error(&o);
            if (!(error <= TOLERANCE)) {
                fail_msg("stack %zu, threshold %g: off by %.3g", s, thresholds[t], error);
            }
        }
    }
}

/* Written by hand, another oracle is the same network. */
static void test_linear_autoencoder_is_a_stack(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct trial trial = trial_random(5, 9, 3, 4, &arena);
    struct lane lane = trial_lane(&trial);
    struct oracle known = oracle_make(&lane, &trial.shape, &arena);
    struct stack_oracle o = stack_oracle_make(&lane, &trial.shape, &arena);
    double expected = oracle_gradient(&known).total;
    assert_near(stack_gradient(&o).total, expected, 1e-12);
    for (size_t k = 0; k < known.count; k++) {
        assert_near(o.base.gradient[k], known.gradient[k], 1e-12);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_gradient_is_the_slope_of_the_loss),
        cmocka_unit_test(test_linear_autoencoder_is_a_stack),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
