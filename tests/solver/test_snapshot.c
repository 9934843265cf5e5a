/* Training that resumes from a snapshot gives the same bits as training that never stopped. */
#include "solver/snapshot.h"
#include "solver/trial.h"

enum { COUNT = 6, STEPS = 6000 };

struct side_by_side {
    struct arena arena;
    struct trial trials[COUNT];
    struct lane lanes[COUNT];
};

static void set_up(struct side_by_side *side, int64_t batch) {
    *side = (struct side_by_side){0};
    for (size_t k = 0; k < COUNT; k++) {
        struct trial *trial = &side->trials[k];
        *trial = trial_random(k, 5 + 7 * k, 2, 6, &side->arena);
        struct train_settings *train = &trial->job.train;
        trial->job.hash = (struct job_hash){{k, 17}};
        train->steps = STEPS;
        train->batch = batch;
        train->learning_rate = ldexp(1e-3, (int)k);
        train->clip = CLIP_NORM;
        train->clip_at = 0.5;
        train->rate = RATE_STEPPED;
        train->rate_every = 1700;
        train->rate_factor = 0.8;
        train->keep = batch == 0 ? KEEP_BEST : KEEP_LAST;
        train->stop_every = 500;
        train->stop_loss = 0.01 * (double)k;
        train->stop_gradient = 0.2 * (double)k;
        side->lanes[k] = trial_lane(trial);
    }
    side->trials[2].job.train.learning_rate = 1e25; /* diverges */
}

/* Stops training at a call of its poll, and keeps copies of the snapshot. */
struct leaving {
    int calls_left;
    int64_t step;
    struct snapshot_lane lanes[COUNT];
    struct arena arena;
};

static enum poll_action leave(void *context, double seconds_left) {
    struct leaving *leaving = context;
    assert_true(seconds_left >= 0.0);
    return leaving->calls_left-- > 0 ? ACTION_CONTINUE : ACTION_STOP;
}

static enum status copy(void *context, const struct snapshot *snapshot, struct error *error) {
    struct leaving *leaving = context;
    assert_in_range(snapshot->count, 1, COUNT);
    leaving->step = snapshot->step;
    for (size_t k = 0; k < snapshot->count; k++) {
        unsigned char *data;
        TRY(ARENA_NEW(&leaving->arena, data, snapshot->lanes[k].bytes, error));
        memcpy(data, snapshot->lanes[k].data, snapshot->lanes[k].bytes);
        leaving->lanes[k] = (struct snapshot_lane){snapshot->lanes[k].bytes, data};
    }
    return STATUS_OK;
}

/* Trains until poll number `calls`; false when training ended before. */
static bool train_until(const struct kernel *kernel, struct side_by_side *side, int calls,
                        struct leaving *leaving) {
    struct trained results[COUNT];
    struct error error = {0};
    *leaving = (struct leaving){.calls_left = calls};
    const struct poll poll = {leave, copy, leaving};
    enum status status = train_bundle(kernel, &side->trials[0].shape, side->lanes, COUNT, &poll,
                                      &side->arena, results, &error);
    assert_true(status == STATUS_OK || status == STATUS_STOPPED);
    return status == STATUS_STOPPED;
}

static void expect_same(const struct trial *trial, const struct trained *a,
                        const struct trained *b) {
    assert_int_equal(a->diverged, b->diverged);
    assert_int_equal(a->stopped, b->stopped);
    assert_int_equal(a->steps, b->steps);
    assert_memory_equal(&a->loss, &b->loss, sizeof a->loss);
    assert_memory_equal(&a->gradient, &b->gradient, sizeof a->gradient);
    assert_memory_equal(a->history, b->history, sizeof a->history);
    if (!a->diverged) {
        assert_memory_equal(a->weights, b->weights, trial->shape.parameter_count * sizeof(float));
        assert_memory_equal(a->latents, b->latents,
                            trial->data.size.samples * trial->shape.latents * sizeof(double));
    }
}

/* Resumes the lanes from `first` on alone, in the opposite order. */
static void go_on(const struct kernel *kernel, const struct side_by_side *side, size_t first,
                  const struct leaving *leaving, const struct trained *whole) {
    struct lane lanes[COUNT];
    struct trained results[COUNT];
    SCOPED(arena_free) struct arena arena = {0};
    size_t count = COUNT - first;
    for (size_t k = 0; k < count; k++) {
        lanes[k] = side->lanes[COUNT - 1 - k];
        lanes[k].from = &leaving->lanes[COUNT - 1 - k];
    }
    train_lanes(kernel, &side->trials[0], lanes, count, &arena, results);
    for (size_t k = 0; k < count; k++) {
        expect_same(&side->trials[COUNT - 1 - k], &whole[COUNT - 1 - k], &results[k]);
    }
}

static void check(int64_t batch) {
    const struct kernel *best = kernel_best(false);
    const struct kernel *other = kernel_named("portable");
    struct side_by_side side;
    struct trained whole[COUNT];
    int times = 0;
    set_up(&side, batch);
    train_lanes(best, &side.trials[0], side.lanes, COUNT, &side.arena, whole);
    assert_true(whole[2].diverged);
    assert_false(whole[0].stopped);
    assert_true(whole[1].stopped || whole[3].stopped || whole[4].stopped || whole[5].stopped);
    struct leaving leaving;
    for (int calls = 0; train_until(best, &side, calls, &leaving); calls++, times++) {
        assert_in_range(leaving.step, 1, STEPS);
        go_on(best, &side, 0, &leaving, whole);
        go_on(other, &side, 3, &leaving, whole);
        arena_free(&leaving.arena);
    }
    arena_free(&leaving.arena);
    assert_in_range(times, 2, 1000);
    arena_free(&side.arena);
}

static void test_goes_on_to_the_same_bits(void **state) {
    (void)state;
    check(0);
}

static void test_goes_on_with_batches(void **state) {
    (void)state;
    check(3);
}

static void test_a_snapshot_of_another_lane_is_refused(void **state) {
    (void)state;
    struct side_by_side side;
    struct leaving leaving;
    struct trained result;
    struct error error = {0};
    const struct poll poll = {poll_continue, NULL, NULL};
    set_up(&side, 3);
    assert_true(train_until(kernel_best(false), &side, 0, &leaving));
    side.lanes[0].from = &leaving.lanes[1]; /* other samples */
    assert_int_equal(train_bundle(kernel_best(false), &side.trials[0].shape, side.lanes, 1, &poll,
                                  &side.arena, &result, &error),
                     STATUS_BAD_INPUT);
    leaving.lanes[0].bytes -= 1;
    side.lanes[0].from = &leaving.lanes[0];
    assert_int_equal(train_bundle(kernel_best(false), &side.trials[0].shape, side.lanes, 1, &poll,
                                  &side.arena, &result, &error),
                     STATUS_BAD_INPUT);
    arena_free(&leaving.arena);
    arena_free(&side.arena);
}

/* Taking snapshots without stopping changes nothing. */
static enum poll_action keep_always(void *context, double seconds_left) {
    (void)context;
    (void)seconds_left;
    return ACTION_CHECKPOINT;
}

static void test_keeping_changes_nothing(void **state) {
    (void)state;
    struct side_by_side side;
    struct trained whole[COUNT];
    struct trained kept[COUNT];
    struct leaving leaving = {0};
    struct error error = {0};
    const struct poll poll = {keep_always, copy, &leaving};
    set_up(&side, 3);
    train_lanes(kernel_best(false), &side.trials[0], side.lanes, COUNT, &side.arena, whole);
    assert_ok(&error, train_bundle(kernel_best(false), &side.trials[0].shape, side.lanes, COUNT,
                                   &poll, &side.arena, kept, &error));
    assert_true(leaving.step > 0);
    for (size_t k = 0; k < COUNT; k++) {
        expect_same(&side.trials[k], &whole[k], &kept[k]);
    }
    arena_free(&leaving.arena);
    arena_free(&side.arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_goes_on_to_the_same_bits),
        cmocka_unit_test(test_goes_on_with_batches),
        cmocka_unit_test(test_a_snapshot_of_another_lane_is_refused),
        cmocka_unit_test(test_keeping_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
