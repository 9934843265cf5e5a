/* What a rank counts as checkpointed when it is asked to stop, what it does when memory runs out,
 * and what it does with the lock. */
#include "dispatch/executor.h"

#include "score/score.h"
#include "store/results.h"

#include "plan/sweeps.h"
#include "store/create.h"
#include "store/lock.h"
#include "store/run_epoch.h"

#include <math.h>
#include <unistd.h>

enum { JOBS = 3, NO_LOCK = -1 };

struct scene {
    struct planned planned;
    struct record_map map;
    struct executor executor;
};

static enum poll_action stop(void *context, double seconds_left) {
    (void)context;
    (void)seconds_left;
    return ACTION_STOP;
}

/* A rank that stops whatever it begins, and writes no checkpoints. */
static int set_up(void **state) {
    static struct scene scene;
    struct error error = {0};
    scene = (struct scene){.planned = plan_text("replicates: 3\ndata: {kind: uniform}\n"
                                                "network: {kind: linear_autoencoder}\n"
                                                "train: {steps: 10}\n")};
    struct arena *arena = &scene.planned.arena;
    assert_ok(&error, record_map_make(&scene.planned.plan, arena, &scene.map, &error));
    scene.executor.runner = (struct bundle_runner){
        .sweep = scene.planned.sweep, .map = &scene.map, .poll = {stop, NULL, NULL}};
    assert_ok(&error, executor_prepare(&scene.executor, arena, &error));
    *state = &scene;
    return 0;
}

static int tear_down(void **state) {
    struct scene *scene = *state;
    bundle_runner_free(&scene->executor.runner);
    planned_free(&scene->planned);
    return 0;
}

static struct plan_bundle all_jobs(bool resumed) {
    return (struct plan_bundle){.count = JOBS, .jobs = {0, 1, 2}, .resumed = resumed};
}

static void test_a_bundle_that_is_not_begun_keeps_its_checkpoint(void **state) {
    struct executor *executor = &((struct scene *)*state)->executor;
    struct plan_bundle resumed = all_jobs(true);
    struct plan_bundle fresh = all_jobs(false);
    executor->stop.requested = true;
    executor_run_bundle(executor, &resumed);
    assert_int_equal(executor->report.checkpointed, JOBS);
    executor_run_bundle(executor, &fresh);
    assert_int_equal(executor->report.checkpointed, JOBS);
    assert_int_equal(executor->report.bundles, 0);
}

static void test_a_bundle_that_stops_before_it_trains_keeps_its_checkpoint(void **state) {
    struct executor *executor = &((struct scene *)*state)->executor;
    struct plan_bundle resumed = all_jobs(true);
    struct plan_bundle fresh = all_jobs(false);
    executor_run_bundle(executor, &fresh);
    assert_int_equal(executor->report.checkpointed, 0);
    executor_run_bundle(executor, &resumed);
    assert_int_equal(executor->report.checkpointed, JOBS);
    assert_int_equal(executor->report.bundles, 0);
    assert_int_equal(executor->report.error.status, STATUS_OK);
}

/* The score of one call after the other: what `outcomes` says, then success. */
/* NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): a score has no context */
static const enum status *outcomes;

static enum status next_outcome(const struct score_input *input, const double *matrix,
                                struct arena *arena, double *value, struct error *error) {
    (void)input;
    (void)matrix;
    (void)arena;
    *value = 1.0;
    enum status outcome = *outcomes;
    outcomes += outcome != STATUS_STOPPED; /* the last of them */
    return outcome == STATUS_OK || outcome == STATUS_STOPPED
               ? STATUS_OK
               : error_set(error, outcome, "outcome %d", (int)outcome);
}

static const struct score outcome_score = {.component = {.name = "outcome", .help = "of a test"},
                                           .compute = next_outcome};

/* A rank that trains three jobs side by side, whose scores end as `given`. */
static void run_with_outcomes(struct scene *scene, const enum status *given) {
    static const struct score *const own[] = {&outcome_score};
    struct error error = {0};
    struct executor *executor = &scene->executor;
    struct plan_bundle bundle = all_jobs(false);
    scene->planned.sweep->scores = (const struct score **)own;
    scene->planned.sweep->score_count = 1;
    assert_ok(&error,
              record_map_make(&scene->planned.plan, &scene->planned.arena, &scene->map, &error));
    assert_ok(&error, executor_prepare(executor, &scene->planned.arena, &error));
    executor->runner.poll.call = poll_continue;
    executor->last_write = (double)INFINITY; /* rows stay in the buffer */
    executor->bundle_seconds = 0.0;
    outcomes = given;
    executor_run_bundle(executor, &bundle);
}

static void test_jobs_that_do_not_fit_side_by_side_run_one_by_one(void **state) {
    static const enum status given[] = {STATUS_NO_MEMORY, STATUS_OK, STATUS_NO_MEMORY,
                                        STATUS_STOPPED};
    struct scene *scene = *state;
    const struct executor *executor = &scene->executor;
    run_with_outcomes(scene, given);
    assert_int_equal(executor->report.error.status, STATUS_OK);
    assert_int_equal(executor->report.bundles, 1);
    assert_int_equal(executor->buffered, JOBS);
    for (int64_t k = 0; k < JOBS; k++) {
        assert_int_equal(executor->rows[k].job, k);
        assert_int_equal(executor->rows[k].state, k == 1 ? ROW_QUARANTINED : ROW_DONE);
    }
}

static void test_other_failures_of_the_system_end_the_run(void **state) {
    static const enum status given[] = {STATUS_SYSTEM, STATUS_STOPPED};
    struct scene *scene = *state;
    struct executor *executor = &scene->executor;
    const struct plan_bundle bundle = all_jobs(false);
    run_with_outcomes(scene, given);
    assert_int_equal(executor->report.error.status, STATUS_SYSTEM);
    assert_message(&executor->report.error, "outcome 71");
    assert_int_equal(executor->report.bundles, 0);
    assert_int_equal(executor->buffered, 0);
    executor_run_bundle(executor, &bundle); /* nothing more is run */
    assert_int_equal(executor->report.bundles, 0);
    assert_int_equal(executor->buffered, 0);
}

static void test_a_failure_of_one_alone_ends_the_run(void **state) {
    static const enum status given[] = {STATUS_NO_MEMORY, STATUS_OK, STATUS_SYSTEM, STATUS_STOPPED};
    struct scene *scene = *state;
    run_with_outcomes(scene, given);
    assert_int_equal(scene->executor.report.error.status, STATUS_SYSTEM);
    assert_int_equal(scene->executor.buffered, 1);
}

/* A results file that this rank writes as run 1. */
static void open_file(struct scene *scene, char path[PATH_BYTES]) {
    struct error error = {0};
    const struct shard shard = shard_whole(JOBS);
    int64_t number;
    struct scratch_file file = scratch_name("");
    scratch_remove(&file);
    memcpy(path, file.path, sizeof file.path);
    assert_ok(&error,
              results_create(path, scene->planned.sweep, &shard, &scene->map.layout, &error));
    assert_ok(&error, run_epoch_take(path, &number, &error));
    assert_ok(&error, results_open(path, &scene->map.layout, number, MPI_COMM_SELF,
                                   &scene->executor.results, &error));
    scene->executor.runner.checkpointing.output = path;
}

static bool polls(struct executor *executor) {
    double notice;
    executor->last_check = -(double)INFINITY; /* the next check is due */
    return executor_poll(executor, &notice);
}

static void test_the_lock_is_acquired_once_the_run_before_has_ended(void **state) {
    struct scene *scene = *state;
    struct executor *executor = &scene->executor;
    struct error error = {0};
    char path[PATH_BYTES];
    int before;
    int own = NO_LOCK;
    open_file(scene, path);
    assert_ok(&error, results_lock(path, &before, &error));
    assert_false(polls(executor)); /* a worker has no lock to take */
    executor->lock = &own;
    assert_false(polls(executor));
    assert_int_equal(own, NO_LOCK);
    results_unlock(before);
    assert_false(results_locked(path));
    assert_false(polls(executor));
    assert_true(results_locked(path));
    assert_int_equal(executor->report.error.status, STATUS_OK);
    results_unlock(own);
    assert_ok(&error, results_close(executor->results, &error));
    assert_int_equal(unlink(path), 0);
}

static void test_a_run_that_was_taken_over_takes_no_lock(void **state) {
    struct scene *scene = *state;
    struct executor *executor = &scene->executor;
    struct error error = {0};
    char path[PATH_BYTES];
    int64_t later;
    int own = NO_LOCK;
    open_file(scene, path);
    executor->lock = &own;
    assert_ok(&error, run_epoch_take(path, &later, &error));
    assert_true(polls(executor));
    assert_int_equal(own, NO_LOCK);
    assert_false(results_locked(path));
    assert_int_equal(executor->report.error.status, STATUS_STORAGE);
    assert_ok(&error, results_close(executor->results, &error));
    assert_int_equal(unlink(path), 0);
}

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_bundle_that_is_not_begun_keeps_its_checkpoint,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            test_a_bundle_that_stops_before_it_trains_keeps_its_checkpoint, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_jobs_that_do_not_fit_side_by_side_run_one_by_one,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_other_failures_of_the_system_end_the_run, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_a_failure_of_one_alone_ends_the_run, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_the_lock_is_acquired_once_the_run_before_has_ended,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_run_that_was_taken_over_takes_no_lock, set_up,
                                        tear_down),
    };
    if (MPI_Init(&argc, &argv) != MPI_SUCCESS) {
        return EXIT_FAILURE;
    }
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    return MPI_Finalize() == MPI_SUCCESS ? failed : EXIT_FAILURE;
}
