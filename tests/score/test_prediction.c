/* Trained networks beside the exact optimum of their own loss. */
#include "score/prediction.h"
#include "score/scored.h"

#include "plan/trial.h"
#include "solver/costs.h"
#include "theory/negativity.h"

#include <stdio.h>

enum { SCORES = 5 };
static const double SINGLE_PRECISION = 1e-5; /* of a loss evaluated from single-precision latents */

/* One bundle of a sweep, trained. */
struct run {
    struct sweep *sweep;
    struct trial trial;
    struct arena arena;
};

static struct run run_sweep(const char *text) {
    struct run run = {0};
    struct error error = {0};
    const struct poll poll = {poll_continue, NULL, NULL};
    assert_ok(&error, sweep_parse(text, "test", NULL, 0, &run.sweep, &error));
    struct plan_bundle bundle = {.count = (int)run.sweep->job_count};
    assert_in_range(bundle.count, 1, PLAN_WIDTH_MAX);
    for (int k = 0; k < bundle.count; k++) {
        bundle.jobs[k] = k;
    }
    assert_ok(&error, trial_prepare(run.sweep, &bundle, &run.trial, &error));
    assert_ok(&error, train_bundle(run.trial.kernel, &run.trial.shape, run.trial.lanes,
                                   run.trial.count, &poll, &run.arena, run.trial.trained, &error));
    return run;
}

static void run_free(struct run *run) {
    trial_free(&run->trial);
    arena_free(&run->arena);
    sweep_free(run->sweep);
}

static struct score_input input_of(const struct run *run, size_t k) {
    const struct dataset *data = &run->trial.data[k];
    return (struct score_input){.samples = data->size.samples,
                                .sources = data->size.sources,
                                .latents = run->trial.shape.latents,
                                .source = data->sources,
                                .latent = run->trial.trained[k].latents,
                                .weights = data->weights,
                                .loss = &run->trial.jobs[k].loss,
                                .trained_loss = run->trial.trained[k].loss.total};
}

static double score_run(const struct run *run, size_t k, const char *name) {
    struct score_input input = input_of(run, k);
    return score_of(name, &input, NULL);
}

/* The job's coefficient of NEG is one that no network can profit from (theory/negativity.h). */
static bool is_bound(const struct run *run, size_t k) {
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    struct geometry geometry;
    const struct dataset *data = &run->trial.data[k];
    const struct loss_settings *loss = &run->trial.jobs[k].loss;
    double sufficient;
    assert_ok(&error, geometry_make(data->sources, data->weights, data->size.samples,
                                    data->size.sources, &arena, &geometry, &error));
    struct costs costs = costs_of_loss(loss, data->size.sources);
    assert_ok(&error, negativity_sufficient(&geometry, &costs, score_run(run, k, "least_loss"),
                                            &arena, &sufficient, &error));
    return loss->negativity >= sufficient;
}

static const char *const kinds[] = {
    "data: {kind: uniform, points: 32, sources: 2}\nnetwork: {kind: linear_autoencoder, hidden: "
    "8}\n",
    "data: {kind: uniform, points: 12, sources: 2}\nnetwork: {kind: linear_autoencoder, hidden: "
    "2}\n",
    "data: {kind: uniform, points: 40, sources: 3}\nnetwork: {kind: linear_autoencoder, hidden: "
    "12}\n",
    "data: {kind: correlated, points: 24, correlation: 0.5, marginal: exponential}\n"
    "network: {kind: linear_autoencoder, hidden: 16}\n",
    "data: {kind: grid, sources: 2, values: 5, change: corner, amount: 0.6}\n"
    "network: {kind: linear_autoencoder, hidden: 16}\n",
};
static const char *const losses[] = {
    "loss: {activity: 5e-4, negativity: 5, weights: 5e-5}\n",
    "loss: {activity: 5e-3, negativity: 50, weights: [1e-3, 5e-4]}\n",
    "loss: {activity: 5e-3, negativity: 50, weights: 5e-4, fit_threshold: 0.02}\n",
};

/* 16 networks of every kind of data and loss: 240 in all. */
static void test_no_trained_network_is_below_the_optimum(void **state) {
    (void)state;
    size_t trained = 0;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        for (size_t j = 0; j < sizeof losses / sizeof losses[0]; j++) {
            char text[1024];
            (void)snprintf(text, sizeof text,
                           "name: t\nreplicates: 16\nscores: [excess]\n%s%s"
                           "train: {steps: 4000, learning_rate: 3e-3, rate: stepped, "
                           "rate_every: 400, rate_factor: 0.6}\n",
                           kinds[i], losses[j]);
            struct run run = run_sweep(text);
            for (size_t k = 0; k < run.trial.count; k++) {
                double excess = score_run(&run, k, "excess");
                assert_true(is_bound(&run, k));
                if (!(excess >= -SINGLE_PRECISION)) {
                    fail_msg("kind %zu, loss %zu, job %zu: excess %g", i, j, k, excess);
                }
                trained++;
            }
            run_free(&run);
        }
    }
    assert_true(trained >= 200);
}

/* Where negative latents cost nothing, they pay: the optimum is that of nonnegative ones. */
static void test_a_weak_penalty_is_told_from_a_bound(void **state) {
    (void)state;
    struct run run = run_sweep("name: t\nreplicates: 4\nscores: [excess]\n"
                               "data: {kind: uniform, points: 32, sources: 2}\n"
                               "network: {kind: linear_autoencoder, hidden: 8}\n"
                               "train: {steps: 20000, learning_rate: 3e-3}\n"
                               "loss: {activity: 5e-3, negativity: 0, weights: 5e-4}\n");
    for (size_t k = 0; k < run.trial.count; k++) {
        assert_true(score_run(&run, k, "excess") < -0.1);
        assert_false(is_bound(&run, k));
    }
    run_free(&run);
}

/* Training comes near, so the optimum is more than a bound. */
static void test_training_comes_near(void **state) {
    (void)state;
    struct run run =
        run_sweep("name: t\nreplicates: 16\nscores: [excess]\n"
                  "data: {kind: grid, sources: 2, values: 5}\n"
                  "network: {kind: linear_autoencoder, hidden: 4}\n"
                  "train: {steps: 20000, learning_rate: 3e-3, rate: stepped, rate_every: 2000, "
                  "rate_factor: 0.4}\nloss: {activity: 5e-3, negativity: 5, weights: 5e-4}\n");
    double nearest = INFINITY;
    for (size_t k = 0; k < run.trial.count; k++) {
        nearest = fmin(nearest, score_run(&run, k, "excess"));
    }
    assert_true(nearest < 1e-3);
    run_free(&run);
}

static void test_the_exact_solver_attains_the_optimum(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        for (size_t j = 0; j < sizeof losses / sizeof losses[0]; j++) {
            char text[1024];
            (void)snprintf(text, sizeof text,
                           "name: t\nreplicates: 16\nscores: [excess]\n%s%s"
                           "train: {solver: exact}\n",
                           kinds[i], losses[j]);
            struct run run = run_sweep(text);
            for (size_t k = 0; k < run.trial.count; k++) {
                bool narrow = run.trial.shape.latents == 2; /* the optimum may need three */
                double excess = score_run(&run, k, "excess");
                assert_true(excess > -1e-9 && (narrow || excess < 1e-8));
                assert_true(score_run(&run, k, "gap") <= 1e-8);
                assert_true(run.trial.trained[k].loss.negativity < 1e-12);
                double angle = score_run(&run, k, "mixing_angle");
                assert_true(narrow || fabs(angle - score_run(&run, k, "predicted_angle")) < 1e-6);
            }
            run_free(&run);
        }
    }
}

/* Price and margin are about the data: 0 for a whole grid, in which nothing is gained by mixing. */
static void test_a_grid_has_no_price(void **state) {
    (void)state;
    struct run run = run_sweep("name: t\nscores: [price]\ntrain: {solver: exact}\n"
                               "data: {kind: grid, sources: 3, values: 4}\n"
                               "network: {kind: linear_autoencoder, hidden: 8}\n"
                               "loss: {activity: 1e-2, weights: 1e-3}\n");
    assert_true(score_run(&run, 0, "margin") == 0.0);
    assert_true(fabs(score_run(&run, 0, "price")) < 1e-12);
    assert_true(score_run(&run, 0, "predicted_angle") < 1e-6);
    run_free(&run);
}

/* Without a price on activity and weights nothing is optimal; equal points and hulls out of reach
 * have no theory. */
static void test_what_is_undefined_is_nan(void **state) {
    (void)state;
    double number = 0.0;
    struct loss_settings loss = {.fit = 1.0, .weights = {&number, 1}};
    double points[20] = {0.0, 0.0, 1.0, 0.5, 0.2, 1.0};
    double weights[3] = {0.25, 0.5, 0.25};
    struct score_input input = {.samples = 3, .sources = 2, .source = points, .weights = weights};
    static const char *const names[SCORES] = {"price", "predicted_angle", "least_loss", "gap",
                                              "excess"};
    for (size_t k = 0; k < SCORES; k++) {
        input.loss = NULL;
        assert_true(isnan(score_of(names[k], &input, NULL)));
        input.loss = &loss;
        assert_true(isnan(score_of(names[k], &input, NULL)));
    }
    assert_true(score_of("margin", &input, NULL) < 0.0);
    struct score_input equal = {.samples = 1, .sources = 2, .source = points, .weights = weights};
    assert_true(isnan(score_of("margin", &equal, NULL)));
    double identity[100] = {0};
    double tenth[10];
    for (size_t k = 0; k < 10; k++) {
        identity[11 * k] = 1.0;
        tenth[k] = 0.1;
    }
    struct score_input wide = {.samples = 10, .sources = 10, .source = identity, .weights = tenth};
    assert_true(isnan(score_of("margin", &wide, NULL)));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_trained_network_is_below_the_optimum),
        cmocka_unit_test(test_a_weak_penalty_is_told_from_a_bound),
        cmocka_unit_test(test_training_comes_near),
        cmocka_unit_test(test_the_exact_solver_attains_the_optimum),
        cmocka_unit_test(test_a_grid_has_no_price),
        cmocka_unit_test(test_what_is_undefined_is_nan),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
