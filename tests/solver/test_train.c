/* What a lane's result may depend on, how divergence is told, and what training leaves behind. */
#include "solver/trial.h"

#include <float.h>

enum { COUNT = 9, DIVERGING = 4, STEPS = 40 };

/* A shape, and options that all lanes share. */
struct setting {
    size_t sources, hidden;
    int64_t power;
    bool all_options; /* clipping, a stepped rate, the best weights, thresholds in some lanes */
};

/* Few inputs and many, power 1 and 2: by statistics and by samples; layers of several tiles. */
static const struct setting settings[] = {
    {2, 16, 1, false}, {3, 6, 1, true}, {3, 40, 2, true}, {6, 17, 1, false}, {6, 40, 1, true},
};
enum { SETTINGS = sizeof settings / sizeof settings[0] };

/* Lanes of 5, 18, 31, … samples; that in the middle diverges. */
struct side_by_side {
    struct arena arena;
    struct trial trials[COUNT];
    struct lane lanes[COUNT];
};

static void add_options(struct train_settings *train) {
    train->clip = CLIP_NORM;
    train->clip_at = 0.5;
    train->keep = KEEP_BEST;
    train->rate = RATE_STEPPED;
    train->rate_every = STEPS / 4;
    train->rate_factor = 0.9;
}

static void set_up(struct side_by_side *side, const struct setting *setting) {
    *side = (struct side_by_side){0};
    for (size_t k = 0; k < COUNT; k++) {
        struct trial *trial = &side->trials[k];
        *trial = trial_random(k, 5 + 13 * k, setting->sources, setting->hidden, &side->arena);
        trial->job.loss.negativity_power = setting->power;
        trial->job.train.steps = STEPS;
        /* In the later lanes so large that the loss rises again, and the best is not the last. */
        trial->job.train.learning_rate = ldexp(0.01, (int)k);
        if (setting->all_options) {
            add_options(&trial->job.train);
            trial->job.loss.fit_threshold = k % 2 == 0 ? 0.2 : 0.0;
        }
        side->lanes[k] = trial_lane(trial);
    }
    side->trials[DIVERGING].job.train.learning_rate = 1e25;
}

static void expect_same(const struct trial *trial, const struct trained *a,
                        const struct trained *b) {
    size_t latents = trial->data.size.samples * trial->shape.latents;
    assert_false(a->diverged || b->diverged);
    assert_int_equal(a->steps, b->steps);
    assert_memory_equal(a->weights, b->weights, trial->shape.parameter_count * sizeof *a->weights);
    assert_memory_equal(a->latents, b->latents, latents * sizeof *a->latents);
    assert_memory_equal(a->history, b->history, sizeof a->history);
    assert_memory_equal(&a->loss, &b->loss, sizeof a->loss);
}

/* Trains the lanes named by `which` together; each against itself alone. */
static void expect_as_alone(struct side_by_side *side, const struct kernel *kernel,
                            const size_t *which, size_t count, const struct trained *alone) {
    struct lane lanes[KERNEL_LANES];
    struct trained together[KERNEL_LANES];
    for (size_t k = 0; k < count; k++) {
        lanes[k] = side->lanes[which[k]];
    }
    train_lanes(kernel, &side->trials[0], lanes, count, &side->arena, together);
    for (size_t k = 0; k < count; k++) {
        if (which[k] == DIVERGING) {
            assert_true(together[k].diverged);
            assert_true(together[k].steps < STEPS);
            assert_true(isnan(together[k].loss.total));
            assert_int_equal(together[k].steps, alone[which[k]].steps);
        } else {
            expect_same(&side->trials[which[k]], &together[k], &alone[which[k]]);
        }
    }
}

/* Whether, when the best weights are kept, some lanes end with them and others had them before. */
static bool some_end_at_their_best(const struct trained *alone) {
    size_t at_best = 0;
    for (size_t k = 0; k < COUNT; k++) {
        double last = (double)alone[k].history[HISTORY_POINTS - 1];
        at_best += fabs(last / alone[k].loss.total - 1.0) < 1e-4;
    }
    return at_best > 0 && at_best < COUNT - 1;
}

/* Whatever its place, whatever the number, sizes, rates and fate of its neighbours, and so whatever
 * the samples added as padding and the tiles they are cut into: a lane ends as it would alone. */
static void test_lanes_do_not_depend_on_neighbours(void **state) {
    (void)state;
    static const size_t in_order[COUNT] = {0, 1, 2, 3, 4, 5, 6, 7, 8};
    static const size_t reversed[COUNT] = {8, 7, 6, 5, 4, 3, 2, 1, 0};
    static const size_t twice[] = {3, 5, 3};
    static const size_t crowd[KERNEL_LANES] = {4, 4, 7, 4, 1, 4, 4, 0, 4, 4, 4, 6, 4, 4, 4, 2};
    for (size_t s = 0; s < SETTINGS; s++) {
        struct side_by_side side;
        struct trained alone[COUNT];
        set_up(&side, &settings[s]);
        for (size_t k = 0; k < COUNT; k++) {
            train_lanes(kernel_best(false), &side.trials[0], &side.lanes[k], 1, &side.arena,
                        &alone[k]);
        }
        assert_true(!settings[s].all_options || some_end_at_their_best(alone));
        for (size_t v = 0; v < LANES_NAMES; v++) {
            const struct kernel *kernel = kernel_named(kernel_names[v]);
            if (kernel != NULL) {
                expect_as_alone(&side, kernel, in_order, COUNT, alone);
                expect_as_alone(&side, kernel, reversed, COUNT, alone);
                expect_as_alone(&side, kernel, twice, sizeof twice / sizeof twice[0], alone);
                expect_as_alone(&side, kernel, crowd, KERNEL_LANES, alone);
            }
        }
        arena_free(&side.arena);
    }
}

/* Training counts denormal numbers as zero, and nothing that comes after it may. */
static void test_denormal_numbers_are_back_afterwards(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct trial trial = trial_random(1, 4, 2, 2, &arena);
    struct lane lane = trial_lane(&trial);
    struct trained result;
    trial.job.train.steps = 1;
    train_lanes(kernel_best(false), &trial, &lane, 1, &arena, &result);
    volatile float smallest = FLT_MIN;
    volatile float half = smallest / 2.0f;
    assert_true(half > 0.0f);
}

struct calls {
    int64_t count;
};

static enum poll_action count_call(void *context, double seconds_left) {
    struct calls *calls = context;
    calls->count++;
    assert_true(seconds_left >= 0.0);
    return ACTION_CONTINUE;
}

/* A long training calls now and then, so that ranks stay responsive, but not at each step. */
static void test_poll_is_called_now_and_then(void **state) {
    (void)state;
    enum { LONG = 20000 };
    struct error error = {0};
    SCOPED(arena_free) struct arena arena = {0};
    struct calls calls = {0};
    struct poll poll = {count_call, NULL, &calls};
    struct trial trial = trial_random(1, 32, 2, 16, &arena);
    struct lane lane = trial_lane(&trial);
    struct trained result;
    trial.job.train.steps = LONG;
    assert_ok(&error, train_bundle(kernel_best(false), &trial.shape, &lane, 1, &poll, &arena,
                                   &result, &error));
    assert_in_range(calls.count, 2, LONG / 10);
}

/* Weights after some clipped steps on FIT alone, with such a coefficient. */
static const float *clipped_weights(const struct kernel *kernel, int clip, double fit,
                                    struct arena *arena, size_t *count) {
    struct trained result;
    struct trial trial = trial_random(1, 20, 3, 6, arena);
    trial.job.loss = (struct loss_settings){
        .fit = fit, .negativity_power = 2, .weights = trial.job.loss.weights};
    trial_penalise_weights(&trial, 0.0, arena);
    trial.job.train.clip = clip;
    trial.job.train.clip_at = 1e-3;
    trial.job.train.steps = STEPS;
    struct lane lane = trial_lane(&trial);
    train_lanes(kernel, &trial, &lane, 1, arena, &result);
    assert_false(result.diverged);
    *count = trial.shape.parameter_count;
    return result.weights;
}

/* Where all of a gradient is clipped, its size does not matter, even if its squares or its
 * difference from the limit are beyond single precision. */
static void test_size_of_what_is_clipped_does_not_matter(void **state) {
    (void)state;
    static const int kinds[] = {CLIP_NORM, CLIP_VALUE};
    for (size_t v = 0; v < KERNEL_NAMES; v++) {
        const struct kernel *kernel = kernel_named(kernel_names[v]);
        for (size_t k = 0; kernel != NULL && k < 2; k++) {
            struct arena arena = {0};
            size_t count;
            const float *some = clipped_weights(kernel, kinds[k], 0x1p20, &arena, &count);
            const float *many = clipped_weights(kernel, kinds[k], 0x1p90, &arena, &count);
            for (size_t w = 0; w < count; w++) {
                assert_true(fabsf(some[w] - many[w]) <= 1e-4f);
            }
            arena_free(&arena);
        }
    }
}

int main(void) {
    kernel_prepare();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lanes_do_not_depend_on_neighbours),
        cmocka_unit_test(test_denormal_numbers_are_back_afterwards),
        cmocka_unit_test(test_poll_is_called_now_and_then),
        cmocka_unit_test(test_size_of_what_is_clipped_does_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
