/* What rank 0 publishes is what it sent to the ranks and what they reported. */

#include "dispatch/rank_status.h"

#include "base/clock.h"
#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { RANKS = 3, EPOCH = 5 };

static const char *const hosts[RANKS] = {"a", "a", "b"};

struct scene {
    char folder[PATH_BYTES];
    char path[2 * PATH_BYTES];
    struct arena arena;
    struct rank_status rank_status;
    struct error error;
};

static void open_scene(struct scene *scene) {
    *scene = (struct scene){0};
    folder_make(scene->folder);
    (void)snprintf(scene->path, sizeof scene->path, "%s/a.h5", scene->folder);
    assert_ok(&scene->error, rank_status_begin(&scene->rank_status, scene->path, NULL, EPOCH, hosts,
                                               RANKS, &scene->arena, &scene->error));
}

/* After the end nothing is left. */
static void close_scene(struct scene *scene) {
    rank_status_end(&scene->rank_status);
    assert_int_equal(rmdir(scene->folder), 0);
    arena_free(&scene->arena);
}

static struct live *read_live(struct scene *scene) {
    struct live *live;
    assert_ok(&scene->error, live_read(scene->path, &scene->arena, &live, &scene->error));
    return live;
}

static struct work_packet work_packet_of(int64_t bundles, int64_t first) {
    struct work_packet packet;
    work_packet_clear(&packet);
    for (int64_t k = 0; k < bundles; k++) {
        struct plan_bundle bundle = {.count = 2, .jobs = {first + 2 * k, first + 2 * k + 1}};
        work_packet_add(&packet, &bundle);
    }
    return packet;
}

static void test_publishes_what_ranks_run_and_have_done(void **state) {
    (void)state;
    struct scene scene;
    struct run_progress progress = {
        .total = 100, .before = 20, .done = 7, .failed = 1, .cost = 0.5, .all_cost = 2.0};
    struct work_report report = {.done = 7,
                                 .failed = 1,
                                 .seconds = 2.5,
                                 .slowest_seconds = 1.5,
                                 .slowest_job = 33,
                                 .slowest_jobs = 2};
    struct work_packet three = work_packet_of(3, 40);
    struct work_packet none = work_packet_of(0, 0);
    open_scene(&scene);
    double before = clock_of_day();
    rank_status_record_report(&scene.rank_status, 1, &report);
    rank_status_record_packet(&scene.rank_status, 1, &three);
    rank_status_record_packet(&scene.rank_status, 2, &three);
    rank_status_record_packet(&scene.rank_status, 2, &none);
    rank_status_publish(&scene.rank_status, &progress);
    const struct live *live = read_live(&scene);
    assert_non_null(live);
    assert_int_equal(live->run_epoch, EPOCH);
    assert_int_equal(live->process, getpid());
    assert_int_equal(live->total, 100);
    assert_int_equal(live->before, 20);
    assert_true(live->cost == 0.5 && live->all_cost == 2.0);
    assert_true(live->written >= before && live->written <= clock_of_day());
    assert_int_equal(live->rank_count, RANKS);
    assert_string_equal(live->ranks[2].host, "b");
    assert_int_equal(live->ranks[0].jobs, 0);
    assert_int_equal(live->ranks[1].jobs, 6);
    assert_int_equal(live->ranks[1].job, 40);
    assert_int_equal(live->ranks[1].done, 7);
    assert_int_equal(live->ranks[1].failed, 1);
    assert_true(live->ranks[1].busy == 2.5 && live->ranks[1].since >= before);
    assert_int_equal(live->ranks[2].jobs, 0);
    assert_int_equal(live->slow_count, 1);
    assert_int_equal(live->slow[0].job, 33);
    assert_int_equal(live->slow[0].rank, 1);
    close_scene(&scene);
}

static void test_publishes_once_in_a_while(void **state) {
    (void)state;
    struct scene scene;
    struct run_progress progress = {.total = 100};
    open_scene(&scene);
    rank_status_publish(&scene.rank_status, &progress);
    for (progress.done = 1; progress.done < 50; progress.done++) {
        rank_status_publish(&scene.rank_status, &progress);
    }
    assert_int_equal(read_live(&scene)->done, 0);
    scene.rank_status.due = clock_seconds();
    rank_status_publish(&scene.rank_status, &progress);
    assert_int_equal(read_live(&scene)->done, 50);
    assert_true(scene.rank_status.due > clock_seconds() + 0.5);
    close_scene(&scene);
}

/* At most a thousandth of the time (measured with some slack), however many ranks there are. */
static void test_publishes_less_often_when_that_is_slow(void **state) {
    (void)state;
    enum { MANY = 20000 };
    struct scene scene;
    struct run_progress progress = {.total = 100};
    const char **many;
    open_scene(&scene);
    assert_ok(&scene.error, ARENA_NEW(&scene.arena, many, MANY, &scene.error));
    for (int k = 0; k < MANY; k++) {
        many[k] = "node";
    }
    assert_ok(&scene.error, rank_status_begin(&scene.rank_status, scene.path, NULL, EPOCH, many,
                                              MANY, &scene.arena, &scene.error));
    double start = clock_seconds();
    rank_status_publish(&scene.rank_status, &progress);
    double taken = clock_seconds() - start;
    print_message("%d ranks are published in %.1f ms\n", MANY, 1e3 * taken);
    assert_true(scene.rank_status.live.interval > 500 * taken);
    close_scene(&scene);
}

static void test_without_a_beginning_nothing_is_published(void **state) {
    (void)state;
    struct rank_status rank_status = {.path = NULL};
    struct run_progress progress = {.total = 1};
    struct work_report report = {.done = 1};
    struct work_packet one = work_packet_of(1, 0);
    rank_status_record_report(&rank_status, 0, &report);
    rank_status_record_packet(&rank_status, 0, &one);
    rank_status_publish(&rank_status, &progress);
    rank_status_end(&rank_status);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_publishes_what_ranks_run_and_have_done),
    cmocka_unit_test(test_publishes_once_in_a_while),
    cmocka_unit_test(test_publishes_less_often_when_that_is_slow),
    cmocka_unit_test(test_without_a_beginning_nothing_is_published),
};

int main(void) {
    return cmocka_run_group_tests(tests, NULL, NULL);
}
