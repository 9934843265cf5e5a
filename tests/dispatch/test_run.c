/* A sweep from its file to its results on one rank: counts, observers, early ends. */
#include "dispatch/run.h"

#include "check.h"
#include "dispatch/signals.h"
#include "store/run_epoch.h"

#include <fcntl.h>
#include <signal.h>

enum { JOBS = 6 };

struct scene {
    char folder[PATH_BYTES];
    char sweep[PATH_BYTES + 16], output[PATH_BYTES + 16];
    struct run_request request;
    struct run_summary summary;
    struct error error;
    struct run_progress last; /* that was observed */
    int begun, ended;
    int raise; /* signal to raise once a job is done; 0: none */
};

static void observe(void *context, const struct run_progress *progress, enum run_phase phase) {
    struct scene *scene = context;
    scene->begun += phase == RUN_BEGINS;
    scene->ended += phase == RUN_ENDS;
    scene->last = *progress;
    if (phase == RUN_GOES_ON && progress->done > 0 && scene->raise != 0) {
        assert_int_equal(raise(scene->raise), 0);
        scene->raise = 0;
    }
}

static int set_up(void **state) {
    struct scene *scene = calloc(1, sizeof *scene);
    assert_non_null(scene);
    folder_make(scene->folder);
    (void)snprintf(scene->sweep, sizeof scene->sweep, "%s/s.yaml", scene->folder);
    (void)snprintf(scene->output, sizeof scene->output, "%s/r.h5", scene->folder);
    file_write_text(scene->sweep, "replicates: 6\nnetwork: {kind: dummy, seconds: 0.01}\n");
    scene->request = (struct run_request){.sweep = scene->sweep,
                                          .output = scene->output,
                                          .shard = shard_whole(0),
                                          .observer = {observe, scene},
                                          .notice = 60.0,
                                          .checkpoint_interval = INFINITY};
    *state = scene;
    return 0;
}

static int tear_down(void **state) {
    struct scene *scene = *state;
    folder_remove(scene->folder);
    free(scene);
    return 0;
}

static enum status run(struct scene *scene) {
    scene->begun = 0;
    scene->ended = 0;
    return run_sweep(&scene->request, MPI_COMM_WORLD, &scene->summary, &scene->error);
}

static void test_what_is_missing_is_run_and_observed(void **state) {
    struct scene *scene = *state;
    assert_ok(&scene->error, run(scene));
    assert_int_equal(scene->summary.total, JOBS);
    assert_int_equal(scene->summary.before, 0);
    assert_int_equal(scene->summary.done, JOBS);
    assert_int_equal(scene->summary.failed_all, 0);
    assert_int_equal(scene->summary.ranks, 1);
    assert_true(scene->summary.seconds >= 0.06);
    assert_int_equal(scene->begun, 1);
    assert_int_equal(scene->ended, 1);
    assert_int_equal(scene->last.total, JOBS);
    assert_int_equal(scene->last.done, JOBS);
    assert_true(fabs(scene->last.cost - scene->last.all_cost) < 1e-9);
    assert_true(scene->last.all_cost > 0.0);
    assert_ok(&scene->error, run(scene));
    assert_int_equal(scene->summary.before, JOBS);
    assert_int_equal(scene->summary.done, 0);
    assert_int_equal(scene->last.before, JOBS);
}

static void test_nobody_has_to_watch(void **state) {
    struct scene *scene = *state;
    scene->request.observer = (struct run_observer){NULL, NULL};
    assert_ok(&scene->error, run(scene));
    assert_int_equal(scene->summary.done, JOBS);
}

static void test_a_signal_stops_it_and_the_same_request_resumes(void **state) {
    struct scene *scene = *state;
    struct signals signals;
    assert_ok(&scene->error, signals_install(&signals, &scene->error));
    scene->raise = SIGUSR1;
    scene->request.notice = 0.0;
    assert_int_equal(run(scene), STATUS_STOPPED);
    assert_message(&scene->error, "stopped by SIGUSR1 when ");
    assert_message(&scene->error, " of 6 jobs were done; 0 are half-trained in checkpoints");
    assert_in_range(scene->summary.done, 1, JOBS - 1);
    assert_int_equal(scene->ended, 1);
    int64_t before = scene->summary.done;
    signals_remove(&signals);
    assert_ok(&scene->error, signals_install(&signals, &scene->error)); /* forgets it */
    assert_ok(&scene->error, run(scene));
    assert_int_equal(scene->summary.before, before);
    assert_int_equal(scene->summary.done, JOBS - before);
    signals_remove(&signals);
}

/* Another run takes the file over while this one works: rank 0 finds out before it writes. */
static void take_over(void *context, const struct run_progress *progress, enum run_phase phase) {
    struct scene *scene = context;
    int64_t later;
    observe(context, progress, phase);
    if (phase == RUN_BEGINS) {
        struct error error;
        assert_ok(&error, run_epoch_take(scene->output, &later, &error));
    }
}

static void test_a_run_that_was_taken_over_ends_with_an_error(void **state) {
    struct scene *scene = *state;
    scene->request.observer.call = take_over;
    assert_int_equal(run(scene), STATUS_STORAGE);
    assert_message(&scene->error, "has taken over from this run");
    assert_int_equal(scene->summary.done, 0);
    assert_int_equal(scene->ended, 1);
}

static void test_an_unusable_request_begins_nothing(void **state) {
    struct scene *scene = *state;
    file_write_text(scene->sweep, "replicates: none\n");
    assert_int_equal(run(scene), STATUS_BAD_INPUT);
    assert_message(&scene->error, "replicates");
    assert_int_equal(scene->begun, 0);
    assert_int_equal(access(scene->output, F_OK), -1);
}

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_what_is_missing_is_run_and_observed, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_nobody_has_to_watch, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_signal_stops_it_and_the_same_request_resumes, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_a_run_that_was_taken_over_ends_with_an_error, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_an_unusable_request_begins_nothing, set_up, tear_down),
    };
    if (MPI_Init(&argc, &argv) != MPI_SUCCESS) {
        return EXIT_FAILURE;
    }
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    return MPI_Finalize() == MPI_SUCCESS ? failed : EXIT_FAILURE;
}
