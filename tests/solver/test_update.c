/* Steps; test_train_oracle.c compares them with the naive solver. */
#include "solver/update.h"

#include "solver/trial.h"

enum { SAMPLES = 8, SOURCES = 2, HIDDEN_UNITS = 3 };

static void test_rate_follows_its_schedule(void **state) {
    (void)state;
    struct train_settings constant = {.learning_rate = 0.5, .rate = RATE_CONSTANT};
    struct train_settings stepped = {
        .learning_rate = 0.5, .rate = RATE_STEPPED, .rate_every = 10, .rate_factor = 0.1};
    static const struct {
        int64_t step;
        double rate;
    } expected[] = {{0, 0.5}, {9, 0.5}, {10, 0.05}, {19, 0.05}, {20, 0.005}, {35, 0.0005}};
    for (size_t k = 0; k < sizeof expected / sizeof expected[0]; k++) {
        assert_true(update_rate(&constant, expected[k].step) == constant.learning_rate);
        double rate = update_rate(&stepped, expected[k].step);
        assert_near(rate / expected[k].rate, 1.0, 1e-12);
    }
}

/* The first step of Adam is the learning rate along the sign of the gradient, and clears that. */
static void test_first_step(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    struct training training;
    struct trial trial = trial_random(1, SAMPLES, SOURCES, HIDDEN_UNITS, &arena);
    struct lane lane = trial_lane(&trial);
    trial_penalise_weights(&trial, 0.0, &arena);
    assert_ok(&error, training_make(kernel_named("wide_portable"), &trial.shape, &lane, 1, &arena,
                                    &training, &error));
    update_rates(&training, 0);
    assert_true(training_loss(&training));
    float *gradient;
    size_t count = trial.shape.parameter_count;
    assert_ok(&error, ARENA_NEW(&arena, gradient, count, &error));
    memcpy(gradient, training.bundle.gradient, count * sizeof *gradient);
    training_update(&training, 0);
    for (size_t k = 0; k < count; k++) {
        double moved = (double)training.bundle.weights[k] - (double)(float)trial.initial[k];
        assert_near(moved, -copysign(trial.job.train.learning_rate, (double)gradient[k]), 1e-6);
        assert_true(training.bundle.gradient[k] == 0.0f);
    }
}

int main(void) {
    kernel_prepare();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rate_follows_its_schedule),
        cmocka_unit_test(test_first_step),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
