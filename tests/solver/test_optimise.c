/* `solver: exact`: the optimum of each lane, in place of training. */
#include "solver/optimise.h"

#include "solver/trial.h"

enum { LANES_USED = 3, SAMPLES = 30, SOURCES = 2, HIDDEN_UNITS = 6, SINGULAR = 1 };

static enum poll_action stop(void *context, double seconds_left) {
    (void)context;
    assert_true(isnan(seconds_left));
    return ACTION_STOP;
}

/* Lanes with an optimum, but for one, all of whose samples are equal. */
static void set_up(struct trial trials[LANES_USED], struct lane lanes[LANES_USED],
                   struct arena *arena) {
    for (size_t k = 0; k < LANES_USED; k++) {
        trials[k] = k == SINGULAR ? trial_make(SAMPLES, SOURCES, HIDDEN_UNITS, arena)
                                  : trial_random(k, SAMPLES, SOURCES, HIDDEN_UNITS, arena);
        trials[k].job.loss.activity = 0.01;
        trial_penalise_weights(&trials[k], 0.001, arena);
        lanes[k] = trial_lane(&trials[k]);
    }
}

/* Its latents are nonnegative, and no training is better with latents kept nonnegative. */
static void expect_optimum(const struct trial *trial, const struct trained *result,
                           struct arena *arena) {
    struct trial trained = *trial;
    struct trained other;
    assert_false(result->diverged);
    assert_int_equal(result->steps, 0);
    assert_true(isnan(result->gradient));
    assert_near(result->loss.negativity, 0.0, 1e-12);
    for (size_t k = 0; k < HISTORY_POINTS; k++) {
        assert_true(result->history[k] == (float)result->loss.total);
    }
    trained.job.loss.negativity = 100.0;
    trained.job.train.steps = 4000;
    trained.job.train.learning_rate = 0.01;
    struct lane lane = trial_lane(&trained);
    train_lanes(kernel_best(false), &trained, &lane, 1, arena, &other);
    assert_true(other.loss.total >= result->loss.total * (1.0 - 1e-6));
}

static void test_lanes_are_optimal_or_diverged(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    struct trial trials[LANES_USED];
    struct lane lanes[LANES_USED];
    struct trained results[LANES_USED];
    const struct poll poll = {poll_continue, NULL, NULL};
    set_up(trials, lanes, &arena);
    assert_ok(&error,
              optimise_bundle(&trials[0].shape, lanes, LANES_USED, &poll, &arena, results, &error));
    for (size_t k = 0; k < LANES_USED; k++) {
        if (k == SINGULAR) {
            assert_true(results[k].diverged && isnan(results[k].loss.total));
            assert_true(isnan(results[k].history[0]));
        } else {
            expect_optimum(&trials[k], &results[k], &arena);
        }
    }
}

static void test_stops_between_lanes(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    struct trial trials[LANES_USED];
    struct lane lanes[LANES_USED];
    struct trained results[LANES_USED];
    const struct poll poll = {stop, NULL, NULL};
    set_up(trials, lanes, &arena);
    assert_int_equal(optimise_bundle(&trials[0].shape, lanes, 2, &poll, &arena, results, &error),
                     STATUS_STOPPED);
    assert_ok(&error, optimise_bundle(&trials[0].shape, lanes, 1, &poll, &arena, results, &error));
}

int main(void) {
    kernel_prepare();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lanes_are_optimal_or_diverged),
        cmocka_unit_test(test_stops_between_lanes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
