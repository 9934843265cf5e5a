/* A bundle becomes rows, and who shares it changes nothing. */

#include "dispatch/bundle_runner.h"

#include "check.h"

#include <stdlib.h>
#include <string.h>

/* Sixteen jobs of one shape; those of rate 1000 diverge. */
#define SIXTEEN                                                                                    \
    "replicates: 2\n"                                                                              \
    "data: {kind: uniform, sources: 2, points: !grid [6, 20]}\n"                                   \
    "network: {kind: linear_autoencoder, hidden: 4}\n"                                             \
    "train: {steps: 40, learning_rate: !grid [1e-3, 1e-2, 0.1, 1000], solver: adamw, "             \
    "weight_decay: 1}\n"                                                                           \
    "scores: [linear_cinfom, mixing_angle]\n"                                                      \
    "save: [weights, activity, sources, history]\n"

struct scene {
    struct sweep *sweep;
    struct arena arena;
    struct plan plan;
    struct record_map map;
    struct bundle_runner runner;
    int polls;
};

static enum poll_action count_poll(void *context, double seconds_left) {
    (void)seconds_left;
    ((struct scene *)context)->polls++;
    return ACTION_CONTINUE;
}

static void open_scene(struct scene *scene, const char *text) {
    struct error error = {0};
    *scene = (struct scene){.polls = 0};
    assert_ok(&error, sweep_parse(text, "test.yaml", NULL, 0, &scene->sweep, &error));
    assert_ok(&error, plan_make(scene->sweep, &scene->arena, &scene->plan, &error));
    assert_ok(&error, record_map_make(&scene->plan, &scene->arena, &scene->map, &error));
    scene->runner = (struct bundle_runner){
        .sweep = scene->sweep, .map = &scene->map, .poll = {count_poll, NULL, scene}};
}

static void close_scene(struct scene *scene) {
    bundle_runner_free(&scene->runner);
    arena_free(&scene->arena);
    sweep_free(scene->sweep);
}

/* Runs the jobs as one bundle; rows[count] with their records in the scene's arena. */
static void run_bundle(struct scene *scene, const int64_t *jobs, size_t count, struct row *rows) {
    struct error error = {0};
    unsigned char *records;
    assert_ok(&error, ARENA_NEW(&scene->arena, records, count * scene->map.layout.record_bytes + 1,
                                &error));
    struct plan_bundle bundle = {.count = (int)count};
    size_t finished;
    memcpy(bundle.jobs, jobs, count * sizeof *jobs);
    assert_ok(&error, bundle_runner_run(&scene->runner, &bundle, records, rows, &finished, &error));
    assert_int_equal(finished, count);
}

static void test_neighbours_change_nothing(void **state) {
    (void)state;
    enum { JOBS = 16 };
    static const int64_t scrambled[JOBS] = {5, 9, 0, 15, 2, 12, 7, 1, 14, 3, 10, 8, 6, 4, 13, 11};
    struct scene scene;
    struct row together[JOBS];
    open_scene(&scene, SIXTEEN);
    assert_int_equal(scene.sweep->job_count, JOBS);
    run_bundle(&scene, scrambled, JOBS, together);
    int diverged = 0;
    for (size_t k = 0; k < JOBS; k++) {
        struct row alone;
        struct job job;
        run_bundle(&scene, &scrambled[k], 1, &alone);
        sweep_job(scene.sweep, scrambled[k], &job);
        bool wild = job.train.learning_rate > 100;
        assert_int_equal(together[k].job, scrambled[k]);
        assert_int_equal(together[k].state, wild ? ROW_DIVERGED : ROW_DONE);
        assert_int_equal(together[k].state, alone.state);
        assert_int_equal(together[k].steps, alone.steps);
        assert_true(wild ? alone.steps < 40 : alone.steps == 40);
        assert_true(together[k].seconds > 0.0);
        assert_memory_equal(together[k].record, alone.record, scene.map.layout.record_bytes);
        diverged += wild;
    }
    assert_int_equal(diverged, 4);
    close_scene(&scene);
}

/* The noise of scores is each job's own as well. */
static void test_noise_is_the_jobs_own(void **state) {
    (void)state;
    enum { JOBS = 4 };
    static const int64_t scrambled[JOBS] = {2, 0, 3, 1};
    struct scene scene;
    struct row together[JOBS];
    open_scene(&scene, "replicates: 4\n"
                       "data: {kind: grid, sources: 2, values: 3}\n"
                       "network: {kind: linear_autoencoder, hidden: 4}\n"
                       "train: {steps: 40}\n"
                       "scoring: {noise: 0.1}\n"
                       "scores: [cinfom, infoc, infoe, active_units]\n");
    run_bundle(&scene, scrambled, JOBS, together);
    for (size_t k = 0; k < JOBS; k++) {
        struct row alone;
        run_bundle(&scene, &scrambled[k], 1, &alone);
        assert_memory_equal(together[k].record, alone.record, scene.map.layout.record_bytes);
        for (size_t other = 0; other < k; other++) {
            assert_memory_not_equal(together[k].record, together[other].record,
                                    scene.map.layout.record_bytes);
        }
    }
    close_scene(&scene);
}

/* Replicates draw other random numbers. */
static void test_replicates_differ(void **state) {
    (void)state;
    struct scene scene;
    struct row rows[2];
    open_scene(&scene, SIXTEEN);
    run_bundle(&scene, (const int64_t[]){0, 1}, 2, rows);
    assert_memory_not_equal(rows[0].record, rows[1].record, scene.map.layout.record_bytes);
    close_scene(&scene);
}

static void test_dummies_sleep_and_poll(void **state) {
    (void)state;
    enum { JOBS = 3 };
    struct scene scene;
    struct row rows[JOBS];
    open_scene(&scene, "replicates: 3\nnetwork: {kind: dummy, seconds: 0.01}\n");
    run_bundle(&scene, (const int64_t[]){2, 0, 1}, JOBS, rows);
    for (size_t k = 0; k < JOBS; k++) {
        assert_int_equal(rows[k].state, ROW_DONE);
        assert_int_equal(rows[k].steps, 0);
        assert_true(rows[k].seconds >= 0.01);
    }
    assert_int_equal(rows[0].job, 2);
    assert_true(scene.polls >= JOBS);
    close_scene(&scene);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_neighbours_change_nothing),
    cmocka_unit_test(test_noise_is_the_jobs_own),
    cmocka_unit_test(test_replicates_differ),
    cmocka_unit_test(test_dummies_sleep_and_poll),
};

int main(void) {
    return cmocka_run_group_tests(tests, NULL, NULL);
}
