/* The loss of all samples and its gradient, as a look in the middle of training finds them. */
#include "network/stack_oracle.h"
#include "network/stacks.h"
#include "solver/distance.h"
#include "solver/training.h"
#include "solver/update.h"

enum { LANES_USED = 5, STEPS = 12 };

static const struct stack autoencoder = {"mlp_autoencoder", {7}, 1, 4, false, 3, 0, false, 1, true};
static const struct stack supervised = {"feedforward", {9, 6}, 2, 0, true, 3, 2, false, 2, false};
static const struct stack one_hot = {"feedforward", {9}, 1, 0, true, 17, 2, true, 1, true};

/* A network (NULL: a linear autoencoder of few inputs, which uses statistics), and how it is
 * trained.
 */
struct setting {
    const struct stack *stack;
    int64_t batch;
    double threshold; /* of the fit, in every other lane */
    bool equal;       /* samples of equal weight */
};

static const struct setting settings[] = {
    {NULL, 0, 0.0, false},         {NULL, 0, 0.2, false},         {NULL, 6, 0.0, true},
    {NULL, 6, 1e3, false},         {&autoencoder, 0, 0.0, false}, {&autoencoder, 5, 0.0, true},
    {&autoencoder, 5, 1.0, false}, {&supervised, 0, 1e3, false},  {&supervised, 3, 0.0, true},
    {&supervised, 40, 0.5, true},  {&one_hot, 0, 0.0, false},     {&one_hot, 4, 0.0, false},
    {&one_hot, 4, 2.0, true},
};
enum { SETTINGS = sizeof settings / sizeof settings[0] };

/* Lanes of 2, 7, 12, … samples in training. */
struct side_by_side {
    struct arena arena;
    struct trial trials[LANES_USED];
    struct lane lanes[LANES_USED];
    size_t count;
    struct training training;
};

static void weigh_equally(struct trial *trial, struct arena *arena) {
    size_t samples = trial->data.size.samples;
    double *weights = numbers_of(arena, samples);
    for (size_t n = 0; n < samples; n++) {
        weights[n] = 1.0 / (double)samples;
    }
    trial->data.weights = weights;
}

static void set_up(struct side_by_side *side, const struct kernel *kernel,
                   const struct setting *setting) {
    struct error error = {0};
    *side = (struct side_by_side){.count = kernel->lanes == 1 ? 1 : LANES_USED};
    for (size_t k = 0; k < side->count; k++) {
        struct trial *trial = &side->trials[k];
        size_t samples = 2 + (setting->stack == &one_hot ? 3 : 5) * k;
        *trial = setting->stack == NULL ? trial_random(k, samples, 2, 6, &side->arena)
                                        : stack_trial(k, samples, setting->stack, &side->arena);
        trial->job.hash.words[0] = k;
        trial->job.train.batch = setting->batch;
        trial->job.train.learning_rate = 0.02;
        trial->job.loss.fit_threshold = k % 2 == 0 ? setting->threshold : 0.0;
        if (setting->equal) {
            weigh_equally(trial, &side->arena);
        }
        side->lanes[k] = trial_lane(trial);
    }
    assert_ok(&error, training_make(kernel, &side->trials[0].shape, side->lanes, side->count,
                                    &side->arena, &side->training, &error));
}

/* Some steps, with a look before each if so wished. */
static void go_on(struct side_by_side *side, int64_t first, int64_t steps, bool looking) {
    for (int64_t step = first; step < first + steps; step++) {
        if (looking) {
            training_measure(&side->training);
        }
        assert_true(training_loss(&side->training));
        training_update(&side->training, step);
    }
}

static void expect_look(struct side_by_side *side, size_t setting) {
    const struct bundle *bundle = &side->training.bundle;
    training_measure(&side->training);
    for (size_t lane = 0; lane < side->count; lane++) {
        struct stack_oracle o = stack_oracle_make(&side->lanes[lane], &bundle->shape, &side->arena);
        for (size_t k = 0; k < o.base.count; k++) {
            o.base.weights[k] = (double)bundle->weights[k * bundle->kernel->lanes + lane];
        }
        double loss = stack_gradient(&o).total;
        double norm = stack_gradient_norm(&o);
        if (!(fabs(side->training.whole_loss[lane] / loss - 1.0) < 1e-5 &&
              fabs(side->training.gradient_norm[lane] / norm - 1.0) < 1e-4)) {
            fail_msg("setting %zu, %s, lane %zu: loss %.9g and %.9g, gradient %.9g and %.9g",
                     setting, bundle->kernel->name, lane, side->training.whole_loss[lane], loss,
                     side->training.gradient_norm[lane], norm);
        }
    }
    for (size_t k = 0; k < bundle->shape.parameter_count * bundle->kernel->lanes; k++) {
        assert_true(bundle->gradient[k] == 0.0f);
    }
}

/* Before the first step, after some, again, and after a loss that no step followed. */
static void test_look_is_the_oracles(void **state) {
    (void)state;
    for (size_t s = 0; s < SETTINGS; s++) {
        for (size_t v = 0; v < KERNEL_NAMES; v++) {
            const struct kernel *kernel = kernel_named(kernel_names[v]);
            struct side_by_side side;
            if (kernel == NULL) {
                continue;
            }
            set_up(&side, kernel, &settings[s]);
            expect_look(&side, s);
            go_on(&side, 0, STEPS, false);
            expect_look(&side, s);
            expect_look(&side, s);
            (void)training_loss(&side.training);
            expect_look(&side, s);
            arena_free(&side.arena);
        }
    }
}

/* The same batches are drawn, and the same steps taken, bit for bit. */
static void test_looks_leave_nothing_behind(void **state) {
    (void)state;
    for (size_t s = 0; s < SETTINGS; s++) {
        for (size_t v = 0; v < KERNEL_NAMES; v++) {
            const struct kernel *kernel = kernel_named(kernel_names[v]);
            struct side_by_side plain;
            struct side_by_side looking;
            if (kernel == NULL) {
                continue;
            }
            set_up(&plain, kernel, &settings[s]);
            set_up(&looking, kernel, &settings[s]);
            size_t bytes = plain.trials[0].shape.parameter_count * kernel->lanes * sizeof(float);
            for (int64_t step = 0; step < STEPS; step++) {
                go_on(&plain, step, 1, false);
                go_on(&looking, step, 1, true);
                assert_memory_equal(plain.training.loss, looking.training.loss,
                                    plain.count * sizeof(float));
                assert_memory_equal(plain.training.bundle.weights, looking.training.bundle.weights,
                                    bytes);
            }
            arena_free(&plain.arena);
            arena_free(&looking.arena);
        }
    }
}

/* The result describes the weights that are kept: the best ones if asked for. */
static void test_gradient_told_is_that_of_the_weights_kept(void **state) {
    (void)state;
    for (size_t s = 0; s < SETTINGS; s++) {
        for (int64_t steps = 0; steps <= STEPS; steps += STEPS) {
            struct side_by_side side;
            struct trained results[LANES_USED];
            set_up(&side, kernel_best(false), &settings[s]);
            for (size_t lane = 0; lane < LANES_USED; lane++) {
                struct train_settings *train = &side.trials[lane].job.train;
                train->steps = steps;
                train->learning_rate = 0.5;
                train->keep = settings[s].batch == 0 ? KEEP_BEST : KEEP_LAST;
            }
            train_lanes(kernel_best(false), &side.trials[0], side.lanes, LANES_USED, &side.arena,
                        results);
            for (size_t lane = 0; lane < LANES_USED; lane++) {
                struct stack_oracle o =
                    stack_oracle_make(&side.lanes[lane], &side.trials[lane].shape, &side.arena);
                for (size_t k = 0; k < o.base.count; k++) {
                    o.base.weights[k] = (double)results[lane].weights[k];
                }
                double loss = stack_gradient(&o).total;
                assert_near(results[lane].loss.total / loss, 1.0, 1e-5);
                assert_near(results[lane].gradient / stack_gradient_norm(&o), 1.0, 1e-3);
            }
            arena_free(&side.arena);
        }
    }
}

int main(void) {
    kernel_prepare();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_look_is_the_oracles),
        cmocka_unit_test(test_looks_leave_nothing_behind),
        cmocka_unit_test(test_gradient_told_is_that_of_the_weights_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
