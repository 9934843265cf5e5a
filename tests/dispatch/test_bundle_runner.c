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

struct shop {
    struct sweep *sweep;
    struct arena arena;
    struct plan plan;
    struct record_map map;
    struct bundle_runner runner;
    int polls;
};

static enum poll_action count_poll(void *context, double seconds_left) {
    (void)seconds_left;
    ((struct shop *)context)->polls++;
    return ACTION_CONTINUE;
}

static void open_shop(struct shop *shop, const char *text) {
    struct error error = {0};
    *shop = (struct shop){.polls = 0};
    assert_ok(&error, sweep_parse(text, "test.yaml", NULL, 0, &shop->sweep, &error));
    assert_ok(&error, plan_make(shop->sweep, &shop->arena, &shop->plan, &error));
    assert_ok(&error, record_map_make(&shop->plan, &shop->arena, &shop->map, &error));
    shop->runner = (struct bundle_runner){
        .sweep = shop->sweep, .map = &shop->map, .poll = {count_poll, NULL, shop}};
}

static void close_shop(struct shop *shop) {
    bundle_runner_free(&shop->runner);
    arena_free(&shop->arena);
    sweep_free(shop->sweep);
}

/* Does the jobs as one bundle; rows[count] with their records in the shop's arena. */
static void work(struct shop *shop, const int64_t *jobs, size_t count, struct row *rows) {
    struct error error = {0};
    unsigned char *records;
    assert_ok(&error,
              ARENA_NEW(&shop->arena, records, count * shop->map.layout.record_bytes + 1, &error));
    struct plan_bundle bundle = {.count = (int)count};
    size_t finished;
    memcpy(bundle.jobs, jobs, count * sizeof *jobs);
    assert_ok(&error, bundle_runner_run(&shop->runner, &bundle, records, rows, &finished, &error));
    assert_int_equal(finished, count);
}

static void test_neighbours_change_nothing(void **state) {
    (void)state;
    enum { JOBS = 16 };
    static const int64_t scrambled[JOBS] = {5, 9, 0, 15, 2, 12, 7, 1, 14, 3, 10, 8, 6, 4, 13, 11};
    struct shop shop;
    struct row together[JOBS];
    open_shop(&shop, SIXTEEN);
    assert_int_equal(shop.sweep->job_count, JOBS);
    work(&shop, scrambled, JOBS, together);
    int diverged = 0;
    for (size_t k = 0; k < JOBS; k++) {
        struct row alone;
        struct job job;
        work(&shop, &scrambled[k], 1, &alone);
        sweep_job(shop.sweep, scrambled[k], &job);
        bool wild = job.train.learning_rate > 100;
        assert_int_equal(together[k].job, scrambled[k]);
        assert_int_equal(together[k].state, wild ? ROW_DIVERGED : ROW_DONE);
        assert_int_equal(together[k].state, alone.state);
        assert_int_equal(together[k].steps, alone.steps);
        assert_true(wild ? alone.steps < 40 : alone.steps == 40);
        assert_true(together[k].seconds > 0.0);
        assert_memory_equal(together[k].record, alone.record, shop.map.layout.record_bytes);
        diverged += wild;
    }
    assert_int_equal(diverged, 4);
    close_shop(&shop);
}

/* The noise of scores is each job's own as well. */
static void test_noise_is_the_jobs_own(void **state) {
    (void)state;
    enum { JOBS = 4 };
    static const int64_t scrambled[JOBS] = {2, 0, 3, 1};
    struct shop shop;
    struct row together[JOBS];
    open_shop(&shop, "replicates: 4\n"
                     "data: {kind: grid, sources: 2, values: 3}\n"
                     "network: {kind: linear_autoencoder, hidden: 4}\n"
                     "train: {steps: 40}\n"
                     "scoring: {noise: 0.1}\n"
                     "scores: [cinfom, infoc, infoe, active_units]\n");
    work(&shop, scrambled, JOBS, together);
    for (size_t k = 0; k < JOBS; k++) {
        struct row alone;
        work(&shop, &scrambled[k], 1, &alone);
        assert_memory_equal(together[k].record, alone.record, shop.map.layout.record_bytes);
        for (size_t other = 0; other < k; other++) {
            assert_memory_not_equal(together[k].record, together[other].record,
                                    shop.map.layout.record_bytes);
        }
    }
    close_shop(&shop);
}

/* The same job in the same words of random numbers, the next replicate in others. */
static void test_replicates_differ(void **state) {
    (void)state;
    struct shop shop;
    struct row rows[2];
    open_shop(&shop, SIXTEEN);
    work(&shop, (const int64_t[]){0, 1}, 2, rows);
    assert_memory_not_equal(rows[0].record, rows[1].record, shop.map.layout.record_bytes);
    close_shop(&shop);
}

static void test_dummies_take_their_time_and_poll(void **state) {
    (void)state;
    enum { JOBS = 3 };
    struct shop shop;
    struct row rows[JOBS];
    open_shop(&shop, "replicates: 3\nnetwork: {kind: dummy, seconds: 0.01}\n");
    work(&shop, (const int64_t[]){2, 0, 1}, JOBS, rows);
    for (size_t k = 0; k < JOBS; k++) {
        assert_int_equal(rows[k].state, ROW_DONE);
        assert_int_equal(rows[k].steps, 0);
        assert_true(rows[k].seconds >= 0.01);
    }
    assert_int_equal(rows[0].job, 2);
    assert_true(shop.polls >= JOBS);
    close_shop(&shop);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_neighbours_change_nothing),
    cmocka_unit_test(test_noise_is_the_jobs_own),
    cmocka_unit_test(test_replicates_differ),
    cmocka_unit_test(test_dummies_take_their_time_and_poll),
};

int main(void) {
    return cmocka_run_group_tests(tests, NULL, NULL);
}
