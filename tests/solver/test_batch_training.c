/* Training on batches: their loss on average, and every step against the oracle. */
#include "solver/drawing.h"

static void make_training(const struct trial *trial, const struct lane *lane,
                          const struct kernel *kernel, struct arena *arena,
                          struct training *training) {
    struct error error = {0};
    assert_ok(&error, training_make(kernel, &trial->shape, lane, 1, arena, training, &error));
}

/* Whatever the samples weigh, the losses of an epoch's batches have the full loss as their mean,
 * and so have their gradients. */
static void test_batches_of_an_epoch_have_the_loss_as_mean(void **state) {
    (void)state;
    enum { SAMPLES = 24 };
    static const size_t batches[] = {1, 3, 8, 12, 24};
    const double tolerance = 2e-5;
    for (size_t s = 0; s < STACKS; s++) {
        for (size_t b = 0; b < sizeof batches / sizeof batches[0]; b++) {
            struct arena arena = {0};
            struct training training;
            struct trial trial = stack_trial(s, SAMPLES, stacks[s], &arena);
            struct lane lane = trial_lane(&trial);
            size_t numbers = trial.shape.parameter_count;
            size_t steps = SAMPLES / batches[b];
            double loss = 0.0;
            trial.job.loss.weights = (struct reals){numbers_of(&arena, 1), 1};
            trial.job.train.batch = (int64_t)batches[b];
            make_training(&trial, &lane, kernel_best(false), &arena, &training);
            for (size_t step = 0; step < steps; step++) {
                assert_true(training_loss(&training)); /* gradients add up */
                loss += (double)training.loss[0] / (double)steps;
            }
            struct stack_oracle o = stack_oracle_make(&lane, &trial.shape, &arena);
            double expected = stack_gradient(&o).total;
            float *gradient = (float *)(void *)numbers_of(&arena, numbers);
            bundle_extract(&training.bundle, training.bundle.gradient, numbers, 0, gradient);
            for (size_t k = 0; k < numbers; k++) {
                gradient[k] /= (float)steps;
            }
            assert_near(loss / expected, 1.0, tolerance);
            assert_true(distance(gradient, o.base.gradient, numbers) < tolerance);
            arena_free(&arena);
        }
    }
}

/* The sample weights of the next step of a naive run. */
static void weigh_batch(struct drawing *drawing, size_t lane, double *weights) {
    const struct dataset *data = &drawing->trials[lane].data;
    double share = (double)data->size.samples / (double)drawing->batches.size;
    memset(weights, 0, data->size.samples * sizeof *weights);
    for (size_t row = 0; row < drawing->batches.size; row++) {
        size_t n = drawn(drawing, row, lane);
        weights[n] += share * data->weights[n];
    }
}

static void use_adamw(struct trial *trial) {
    struct moment_settings moments = {0.8, 0.95, 1e-6, 0.3};
    trial->job.solver = solver_called("adamw");
    memcpy(trial->job.solver_settings.bytes, &moments, sizeof moments);
}

/* Trains naively with the batches that the lane draws. */
static void train_naively(struct drawing *drawing, size_t lane, int64_t steps,
                          struct stack_oracle *o) {
    double *weights = numbers_of(&drawing->arena, drawing->trials[lane].data.size.samples);
    o->sample_weights = weights;
    for (int64_t step = 0; step < steps; step++) {
        batches_draw(&drawing->batches, &drawing->bundle);
        weigh_batch(drawing, lane, weights);
        (void)stack_gradient(o);
        (void)oracle_clip(&o->base);
        oracle_update(&o->base, step);
    }
    o->sample_weights = drawing->trials[lane].data.weights;
}

static void expect_training(const struct stack *stack, const struct kernel *kernel, size_t batch,
                            bool adamw) {
    enum { STEPS = 60, LANE = 4 };
    const size_t which = LANE;
    struct drawing drawing;
    struct trained result;
    set_up(&drawing, kernel, stack, batch, &which, 1);
    struct trial *trial = &drawing.trials[0];
    trial->job.train.steps = STEPS;
    trial->job.train.learning_rate = 5e-3;
    if (adamw) {
        use_adamw(trial);
        trial->job.train.clip = CLIP_NORM;
        trial->job.train.clip_at = 1.0;
        trial->job.loss.fit_threshold = 0.5;
    }
    struct stack_oracle o = stack_oracle_make(&drawing.lanes[0], &trial->shape, &drawing.arena);
    train_naively(&drawing, 0, STEPS, &o);
    train_lanes(kernel, trial, drawing.lanes, 1, &drawing.arena, &result);
    assert_int_equal(result.steps, STEPS);
    double start = distance(result.weights, trial->initial, o.base.count);
    double end = distance(result.weights, o.base.weights, o.base.count);
    for (size_t k = 0; k < o.base.count; k++) {
        o.base.weights[k] = (double)result.weights[k];
    }
    double loss = stack_gradient(&o).total;
    double norm = stack_gradient_norm(&o);
    if (!(start > 0.05 && end < 5e-4 && fabs(result.loss.total / loss - 1.0) < 1e-5 &&
          fabs(result.gradient / norm - 1.0) < 1e-4)) {
        fail_msg("%s, %s, batch %zu, adamw %d: %.3g from the start, %.3g from the oracle, loss "
                 "%.9g and %.9g, gradient %.9g and %.9g",
                 stack->network, kernel->name, batch, (int)adamw, start, end, result.loss.total,
                 loss, result.gradient, norm);
    }
    arena_free(&drawing.arena);
}

static void test_training_is_the_oracles(void **state) {
    (void)state;
    for (size_t v = 0; v < KERNEL_NAMES; v++) {
        const struct kernel *kernel = kernel_named(kernel_names[v]);
        for (size_t s = 0; s < STACKS && kernel != NULL; s++) {
            for (size_t batch = 3; batch <= 20; batch += 17) { /* 20 is all of them */
                expect_training(stacks[s], kernel, batch, false);
                expect_training(stacks[s], kernel, batch, true);
            }
        }
    }
}

int main(void) {
    kernel_prepare();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_batches_of_an_epoch_have_the_loss_as_mean),
        cmocka_unit_test(test_training_is_the_oracles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
