/* The gradient of the naive recurrent networks against finite differences of their loss. */
#include "network/recurrence_oracle.h"
#include "network/sequences.h"

static const double DIFFERENCE = 1e-6;
static const double TOLERANCE = 1e-7;

enum { SEQUENCES = 3 };

static const struct recurrent networks_tried[] = {
    {"linear_rnn", 3, 1, 2, 2, 1, false}, {"linear_rnn", 4, 2, 1, 3, 2, true},
    {"linear_rnn", 5, 7, 3, 1, 1, true},  {"relu_rnn", 4, 1, 2, 2, 1, true},
    {"relu_rnn", 5, 2, 3, 2, 2, false},   {"relu_rnn", 6, 7, 2, 3, 1, true},
};
enum { NETWORKS = sizeof networks_tried / sizeof networks_tried[0] };

/* Norm of the difference from central differences, relative to the gradient's. */
static double gradient_error(struct recurrence_oracle *o) {
    double difference = 0.0;
    double norm = 0.0;
    (void)recurrence_oracle_gradient(o);
    for (size_t k = 0; k < o->base.count; k++) {
        double weight = o->base.weights[k];
        o->base.weights[k] = weight + DIFFERENCE;
        double above = recurrence_oracle_loss(o).total;
        o->base.weights[k] = weight - DIFFERENCE;
        double below = recurrence_oracle_loss(o).total;
        o->base.weights[k] = weight;
        double error = o->base.gradient[k] - (above - below) / (2.0 * DIFFERENCE);
        difference += error * error;
        norm += o->base.gradient[k] * o->base.gradient[k];
    }
    return sqrt(difference / norm);
}

static void test_gradient_is_the_slope_of_the_loss(void **state) {
    (void)state;
    static const double thresholds[] = {0.0, 1e-3, 1e3};
    SCOPED(arena_free) struct arena arena = {0};
    for (size_t k = 0; k < NETWORKS; k++) {
        for (size_t t = 0; t < 3; t++) {
            struct trial trial = sequence_trial(10 * k + t, SEQUENCES, &networks_tried[k], &arena);
            struct lane lane = trial_lane(&trial);
            trial.job.loss.fit_threshold = thresholds[t];
            struct recurrence_oracle o = recurrence_oracle_make(&lane, &trial.shape, &arena);
            double error = gradient_error(&o);
            if (!(error <= TOLERANCE)) {
                fail_msg("network %zu, threshold %g: off by %.3g", k, thresholds[t], error);
            }
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_gradient_is_the_slope_of_the_loss),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
