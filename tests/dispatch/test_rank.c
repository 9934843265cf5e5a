/* What a rank counts as left half-trained when it is asked to end. */
#include "dispatch/rank.h"

#include "plan/sweeps.h"

enum { JOBS = 3 };

struct scene {
    struct planned planned;
    struct record_map map;
    struct rank rank;
};

static enum wish leave(void *context, double seconds_left) {
    (void)context;
    (void)seconds_left;
    return WISH_LEAVE;
}

/* A rank that leaves off whatever it begins, and keeps nothing. */
static int set_up(void **state) {
    static struct scene scene;
    struct error error = {.status = STATUS_OK};
    scene = (struct scene){.planned = plan_text("replicates: 3\ndata: {kind: uniform}\n"
                                                "network: {kind: linear_autoencoder}\n"
                                                "train: {steps: 10}\n")};
    struct arena *arena = &scene.planned.arena;
    assert_ok(record_map_make(&scene.planned.plan, arena, &scene.map, &error), error);
    scene.rank.workshop = (struct workshop){
        .sweep = scene.planned.sweep, .map = &scene.map, .poll = {leave, NULL, NULL}};
    assert_ok(rank_prepare(&scene.rank, arena, &error), error);
    *state = &scene;
    return 0;
}

static int tear_down(void **state) {
    struct scene *scene = *state;
    workshop_free(&scene->rank.workshop);
    planned_free(&scene->planned);
    return 0;
}

static struct plan_bundle all_jobs(bool resumed) {
    return (struct plan_bundle){.count = JOBS, .jobs = {0, 1, 2}, .resumed = resumed};
}

static void test_what_is_not_begun_any_more_keeps_its_checkpoint(void **state) {
    struct rank *rank = &((struct scene *)*state)->rank;
    struct plan_bundle resumed = all_jobs(true);
    struct plan_bundle fresh = all_jobs(false);
    rank->stop.on = true;
    rank_do(rank, &resumed);
    assert_int_equal(rank->report.kept, JOBS);
    rank_do(rank, &fresh);
    assert_int_equal(rank->report.kept, JOBS);
    assert_int_equal(rank->report.bundles, 0);
}

static void test_what_is_left_before_it_trains_keeps_its_checkpoint(void **state) {
    struct rank *rank = &((struct scene *)*state)->rank;
    struct plan_bundle resumed = all_jobs(true);
    struct plan_bundle fresh = all_jobs(false);
    rank_do(rank, &fresh);
    assert_int_equal(rank->report.kept, 0);
    rank_do(rank, &resumed);
    assert_int_equal(rank->report.kept, JOBS);
    assert_int_equal(rank->report.bundles, 0);
    assert_int_equal(rank->report.error.status, STATUS_OK);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_what_is_not_begun_any_more_keeps_its_checkpoint,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_is_left_before_it_trains_keeps_its_checkpoint,
                                        set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
