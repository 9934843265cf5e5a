/*
 * When lanes stop early, what is left of them, and that nobody beside them notices. What is
 * expected comes from trainings that end at the step of a look by themselves.
 */
#include "network/stacks.h"

#include <unistd.h>

enum { COUNT = 7, EVERY = 15, STEPS = 200, NEVER = 5, DIVERGING = 3 };

static const struct stack autoencoder = {
    "mlp_autoencoder", {7}, 1, 4, false, 3, 0, false, 1, false};
static const struct stack supervised = {"feedforward", {9, 6}, 2, 0, true, 3, 2, false, 2, true};
static const struct stack one_hot = {"feedforward", {9}, 1, 0, true, 17, 2, true, 1, false};

/* A network, and options that all lanes share. */
struct setting {
    const struct stack *stack;
    int keep;
    int64_t batch;
    double threshold; /* of the fit, in every other lane */
};

static const struct setting settings[] = {
    {&autoencoder, KEEP_LAST, 0, 0.0}, {&autoencoder, KEEP_BEST, 0, 0.0},
    {&supervised, KEEP_BEST, 0, 0.3},  {&supervised, KEEP_LAST, 6, 0.0},
    {&autoencoder, KEEP_LAST, 5, 0.5}, {&one_hot, KEEP_LAST, 0, 0.0},
    {&one_hot, KEEP_BEST, 0, 0.0},     {&one_hot, KEEP_LAST, 8, 0.0},
};
enum { SETTINGS = sizeof settings / sizeof settings[0] };

/* When a lane is flat: relative change of the loss, and norm of the gradient. */
static const struct {
    double loss, gradient;
} flat[COUNT] = {{1.0, 1e9}, {0.05, 1e9}, {0.02, 1.0}, {1.0, 1e9},
                 {0.1, 0.3}, {0.0, 0.0},  {0.01, 1e9}};

/* Lanes of 4, 7, 10, … samples; one diverges, one never stops. */
struct side_by_side {
    struct arena arena;
    struct trial trials[COUNT];
    struct lane lanes[COUNT];
};

static void set_up(struct side_by_side *side, const struct setting *setting) {
    *side = (struct side_by_side){0};
    for (size_t k = 0; k < COUNT; k++) {
        struct trial *trial = &side->trials[k];
        *trial = stack_trial(k + 1, 4 + 2 * k, setting->stack, &side->arena);
        struct train_settings *train = &trial->job.train;
        train->steps = STEPS;
        train->batch = setting->batch;
        train->keep = setting->keep;
        train->learning_rate = k == DIVERGING ? 1e25 : 0.001 + 0.01 * (double)k;
        train->stop_every = EVERY;
        train->stop_loss = flat[k].loss;
        train->stop_gradient = flat[k].gradient;
        trial->job.loss.fit_threshold = k % 2 == 0 ? setting->threshold : 0.0;
        side->lanes[k] = trial_lane(trial);
    }
}

/* The lane by itself for so many steps, without ever stopping. */
static struct trained train_plainly(struct side_by_side *side, size_t lane, int64_t steps,
                                    int keep) {
    struct trial trial = side->trials[lane];
    struct lane own = trial_lane(&trial);
    struct trained result;
    trial.job.train.stop_every = 0;
    trial.job.train.steps = steps;
    trial.job.train.keep = keep;
    train_lanes(kernel_best(false), &trial, &own, 1, &side->arena, &result);
    return result;
}

/* The step at which a lane is flat, by the rule's own words; 0 for none. */
static int64_t flat_step(struct side_by_side *side, size_t lane) {
    double last = train_plainly(side, lane, 0, KEEP_LAST).loss.total;
    for (int64_t step = EVERY; step <= STEPS; step += EVERY) {
        struct trained now = train_plainly(side, lane, step, KEEP_LAST);
        if (fabs(now.loss.total - last) <= flat[lane].loss * fabs(now.loss.total) &&
            now.gradient <= flat[lane].gradient) {
            return step;
        }
        last = now.loss.total;
    }
    return 0;
}

static void expect_same_end(const struct trial *trial, const struct trained *a,
                            const struct trained *b) {
    size_t latents = trial->data.size.samples * trial->shape.latents;
    assert_false(a->diverged || b->diverged);
    assert_int_equal(a->steps, b->steps);
    assert_memory_equal(a->weights, b->weights, trial->shape.parameter_count * sizeof *a->weights);
    assert_memory_equal(a->latents, b->latents, latents * sizeof *a->latents);
    assert_memory_equal(&a->loss, &b->loss, sizeof a->loss);
    assert_memory_equal(&a->gradient, &b->gradient, sizeof a->gradient);
}

/* Up to the stop the history is that of a run that does not stop, from there on the loss of all
 * samples that it stopped with. */
static void expect_history(struct side_by_side *side, size_t lane, const struct trained *result) {
    struct trained whole = train_plainly(side, lane, STEPS, KEEP_LAST);
    double last = train_plainly(side, lane, result->steps, KEEP_LAST).loss.total;
    for (int64_t point = 0; point < HISTORY_POINTS; point++) {
        if (point * STEPS / (HISTORY_POINTS - 1) < result->steps || !result->stopped) {
            assert_true(result->history[point] == whole.history[point]);
        } else {
            assert_near((double)result->history[point] / last, 1.0, 1e-5);
        }
    }
}

/* A lane ends as a training for as many steps does, whether it stops or not. */
static void expect_stop(struct side_by_side *side, size_t lane, const struct trained *result) {
    int64_t expected = flat_step(side, lane);
    assert_int_equal(result->stopped, expected > 0);
    struct trained plain = train_plainly(side, lane, expected > 0 ? expected : STEPS,
                                         side->trials[lane].job.train.keep);
    assert_false(plain.stopped);
    expect_same_end(&side->trials[lane], result, &plain);
    expect_history(side, lane, result);
}

static void train_alone(struct side_by_side *side, struct trained *alone) {
    for (size_t k = 0; k < COUNT; k++) {
        train_lanes(kernel_best(false), &side->trials[0], &side->lanes[k], 1, &side->arena,
                    &alone[k]);
    }
}

static void test_flat_lanes_stop(void **state) {
    (void)state;
    for (size_t s = 0; s < SETTINGS; s++) {
        struct side_by_side side;
        struct trained alone[COUNT];
        size_t early = 0;
        set_up(&side, &settings[s]);
        train_alone(&side, alone);
        for (size_t k = 0; k < COUNT; k++) {
            assert_int_equal(alone[k].diverged, k == DIVERGING);
            if (k != DIVERGING) {
                expect_stop(&side, k, &alone[k]);
                early += alone[k].stopped && alone[k].steps > EVERY;
            }
        }
        assert_true(alone[0].stopped && alone[0].steps == EVERY);
        assert_true(!alone[NEVER].stopped && alone[NEVER].steps == STEPS);
        assert_false(alone[DIVERGING].stopped);
        assert_true(early > 0); /* or this would be no test of the rule */
        arena_free(&side.arena);
    }
}

static void expect_as_alone(struct side_by_side *side, const struct kernel *kernel,
                            const size_t *which, size_t count, const struct trained *alone) {
    struct lane lanes[KERNEL_LANES];
    struct trained together[KERNEL_LANES];
    for (size_t k = 0; k < count; k++) {
        lanes[k] = side->lanes[which[k]];
    }
    train_lanes(kernel, &side->trials[0], lanes, count, &side->arena, together);
    for (size_t k = 0; k < count; k++) {
        const struct trained *expected = &alone[which[k]];
        assert_int_equal(together[k].stopped, expected->stopped);
        assert_int_equal(together[k].steps, expected->steps);
        assert_int_equal(together[k].diverged, expected->diverged);
        if (!expected->diverged) {
            expect_same_end(&side->trials[which[k]], &together[k], expected);
            assert_memory_equal(together[k].history, expected->history, sizeof expected->history);
        }
    }
}

/* In any lane, beside lanes that stop earlier, later or never, or that diverge. */
static void test_neighbours_notice_nothing(void **state) {
    (void)state;
    static const size_t in_order[COUNT] = {0, 1, 2, 3, 4, 5, 6};
    static const size_t reversed[COUNT] = {6, 5, 4, 3, 2, 1, 0};
    static const size_t early_and_broken[] = {DIVERGING, 0, 0};
    static const size_t crowd[KERNEL_LANES] = {0, 0, 5, 3, 1, 6, 3, 0, 4, 2, 2, 3, 5, 1, 0, 6};
    for (size_t s = 0; s < SETTINGS; s++) {
        struct side_by_side side;
        struct trained alone[COUNT];
        set_up(&side, &settings[s]);
        train_alone(&side, alone);
        for (size_t v = 0; v < LANES_NAMES; v++) {
            const struct kernel *kernel = kernel_named(kernel_names[v]);
            if (kernel != NULL) {
                expect_as_alone(&side, kernel, in_order, COUNT, alone);
                expect_as_alone(&side, kernel, reversed, COUNT, alone);
                expect_as_alone(&side, kernel, early_and_broken, 3, alone);
                expect_as_alone(&side, kernel, crowd, KERNEL_LANES, alone);
            }
        }
        arena_free(&side.arena);
    }
}

/* Matrix products of one network stop by the same rule, if not after the same rounding. */
static void test_wide_networks_stop(void **state) {
    (void)state;
    for (size_t s = 0; s < SETTINGS; s++) {
        struct side_by_side side;
        struct trained result;
        set_up(&side, &settings[s]);
        train_lanes(kernel_named("wide_portable"), &side.trials[0], &side.lanes[0], 1, &side.arena,
                    &result);
        assert_true(result.stopped);
        assert_int_equal(result.steps, EVERY);
        train_lanes(kernel_named("wide_portable"), &side.trials[0], &side.lanes[NEVER], 1,
                    &side.arena, &result);
        assert_false(result.stopped);
        arena_free(&side.arena);
    }
}

/* However flat, without train.stop_every nothing stops. */
static void test_nothing_stops_by_default(void **state) {
    (void)state;
    struct side_by_side side;
    struct trained result;
    set_up(&side, &settings[0]);
    side.trials[0].job.train.stop_every = 0;
    train_lanes(kernel_best(false), &side.trials[0], &side.lanes[0], 1, &side.arena, &result);
    assert_false(result.stopped);
    assert_int_equal(result.steps, STEPS);
    arena_free(&side.arena);
}

/* A training that would take days ends when every lane has stopped or diverged. */
static void test_nothing_goes_on_for_stopped_lanes(void **state) {
    (void)state;
    enum { PATIENCE_SECONDS = 60 };
    const int64_t days = 1000000000000;
    struct side_by_side side;
    struct trained results[3];
    set_up(&side, &settings[0]);
    struct lane lanes[] = {side.lanes[0], side.lanes[DIVERGING], side.lanes[1]};
    for (size_t k = 0; k < COUNT; k++) {
        side.trials[k].job.train.steps = days;
    }
    (void)alarm(PATIENCE_SECONDS);
    train_lanes(kernel_best(false), &side.trials[0], lanes, 3, &side.arena, results);
    (void)alarm(0);
    assert_true(results[0].stopped && results[1].diverged && results[2].stopped);
    assert_int_equal(results[0].steps, EVERY);
    for (size_t point = 1; point < HISTORY_POINTS; point++) {
        assert_near((double)results[0].history[point] / results[0].loss.total, 1.0, 1e-5);
        assert_true(isnan(results[1].history[point]));
    }
    arena_free(&side.arena);
}

int main(void) {
    kernel_prepare();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_flat_lanes_stop),
        cmocka_unit_test(test_neighbours_notice_nothing),
        cmocka_unit_test(test_wide_networks_stop),
        cmocka_unit_test(test_nothing_stops_by_default),
        cmocka_unit_test(test_nothing_goes_on_for_stopped_lanes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
