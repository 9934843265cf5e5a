/* What a lane's result may depend on, and how divergence is told. */
#include "solver/trial.h"

#include "base/random.h"

enum { SOURCES = 3, HIDDEN_UNITS = 6, STEPS = 200 };

/* A trial of its own data, size and rate; `which` is its key. */
static struct trial random_trial(uint64_t which, struct arena *arena) {
    struct random_stream stream = random_stream_of((struct job_hash){{which, ~which}}, RANDOM_DATA);
    struct trial trial = trial_make(5 + 6 * which, SOURCES, HIDDEN_UNITS, arena);
    double *x = numbers_of(arena, trial.data.size.samples * SOURCES);
    for (size_t k = 0; k < trial.data.size.samples * SOURCES; k++) {
        x[k] = random_uniform(&stream);
    }
    trial.data.sources = trial.data.inputs = trial.data.targets = x;
    for (size_t k = 0; k < trial.shape.parameter_count; k++) {
        trial.initial[k] = random_normal(&stream);
    }
    trial.job.loss.activity = 1e-2;
    trial.job.loss.negativity = 1.0;
    trial_penalise_weights(&trial, 1e-3, arena);
    trial.job.train.steps = STEPS;
    trial.job.train.learning_rate = 1e-3 * (double)(1 + which);
    return trial;
}

static void expect_same(const struct trial *trial, const struct trained *a,
                        const struct trained *b) {
    assert_false(a->diverged || b->diverged);
    assert_memory_equal(a->weights, b->weights, trial->shape.parameter_count * sizeof *a->weights);
    assert_memory_equal(a->history, b->history, sizeof a->history);
    assert_true(a->loss.total == b->loss.total);
}

/* One of many neighbours of other sizes and rates diverges; all others end as they would alone, on
 * every variant. */
static void test_lanes_do_not_depend_on_neighbours(void **state) {
    (void)state;
    enum { COUNT = 9, DIVERGING = 4 };
    struct arena arena = {0};
    struct trial trials[COUNT];
    struct lane lanes[COUNT];
    for (size_t k = 0; k < COUNT; k++) {
        trials[k] = random_trial(k, &arena);
        lanes[k] = trial_lane(&trials[k]);
    }
    trials[DIVERGING].job.train.learning_rate = 1e25;
    for (size_t v = 0; v + 1 < KERNEL_NAMES; v++) {
        const struct kernel *kernel = kernel_named(kernel_names[v]);
        struct trained together[COUNT];
        if (kernel == NULL) {
            continue;
        }
        train_lanes(kernel, &trials[0], lanes, COUNT, &arena, together);
        assert_true(together[DIVERGING].diverged);
        assert_true(together[DIVERGING].steps < STEPS);
        assert_true(isnan(together[DIVERGING].loss.total));
        for (size_t k = 0; k < COUNT; k++) {
            struct trained alone;
            train_lanes(kernel_named("portable"), &trials[0], &lanes[k], 1, &arena, &alone);
            if (k != DIVERGING) {
                expect_same(&trials[k], &together[k], &alone);
            } else {
                assert_true(alone.diverged);
                assert_int_equal(alone.steps, together[k].steps);
            }
        }
    }
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lanes_do_not_depend_on_neighbours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
