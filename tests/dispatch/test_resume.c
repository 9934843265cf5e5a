/* Which checkpoints become bundles, and which are removed. */
#include "dispatch/resume.h"

#include "plan/sweeps.h"
#include "store/checkpoint.h"
#include "store/row.h"

enum { JOBS = 6 };

struct scene {
    struct planned planned;
    char folder[PATH_BYTES];
    const char *results;
    struct resume resume;
    uint8_t states[JOBS], attempts[JOBS];
};

static int set_up(void **state) {
    struct scene *scene = calloc(1, sizeof *scene);
    struct error error;
    assert_non_null(scene);
    scene->planned = plan_text("replicates: 6\nnetwork: {kind: dummy}\n");
    folder_make(scene->folder);
    assert_ok(&error, arena_printf(&scene->planned.arena, &scene->results, &error, "%s/r.h5",
                                   scene->folder));
    *state = scene;
    return 0;
}

static int tear_down(void **state) {
    struct scene *scene = *state;
    folder_remove(scene->folder);
    planned_free(&scene->planned);
    free(scene);
    return 0;
}

/* A checkpoint of `count` jobs of the sweep, from the last of them on downwards. */
static void write_checkpoint(const struct scene *scene, int64_t last, size_t count, int64_t step) {
    struct checkpoint checkpoint = {.key = last, .step = step, .cost = 2.0, .count = count};
    struct error error;
    for (size_t k = 0; k < count; k++) {
        struct job job;
        sweep_job(scene->planned.sweep, last - (int64_t)k, &job);
        checkpoint.lanes[k] =
            (struct checkpoint_lane){.job = job.index, .hash = job.hash, .bytes = 1, .data = "x"};
    }
    assert_ok(&error, checkpoint_write(scene->results, &checkpoint, 1, &error));
}

/* Finds bundles; returns how many checkpoints are left. */
static size_t find(struct scene *scene) {
    struct error error;
    int64_t *keys;
    size_t count;
    assert_ok(&error, resume_find(scene->results, scene->planned.sweep, scene->states,
                                  scene->attempts, &scene->planned.arena, &scene->resume, &error));
    assert_ok(&error,
              checkpoint_keys(scene->results, &scene->planned.arena, &keys, &count, &error));
    return count;
}

static void test_no_folder_is_no_bundle(void **state) {
    struct scene *scene = *state;
    assert_int_equal(find(scene), 0);
    assert_int_equal(scene->resume.count, 0);
    assert_int_equal(scene->resume.jobs, 0);
    assert_int_equal(scene->resume.unusable, 0);
}

static void test_finished_jobs_and_those_that_crashed_do_not_resume(void **state) {
    struct scene *scene = *state;
    scene->states[0] = ROW_DONE;
    scene->states[4] = ROW_DIVERGED;
    scene->attempts[2] = 1;
    write_checkpoint(scene, 5, JOBS, 9);
    assert_int_equal(find(scene), 1);
    assert_int_equal(scene->resume.count, 1);
    assert_int_equal(scene->resume.jobs, 3);
    const struct plan_bundle *bundle = &scene->resume.bundles[0];
    assert_int_equal(bundle->count, 3);
    assert_int_equal(bundle->jobs[0], 5);
    assert_int_equal(bundle->jobs[1], 3);
    assert_int_equal(bundle->jobs[2], 1);
    assert_true(bundle->cost == 2.0 && bundle->resumed && bundle->checkpoint == 5);
    assert_int_equal(scene->states[5], PLAN_PASSED_OVER);
    assert_int_equal(scene->states[2], ROW_MISSING);
}

static void test_the_checkpoint_with_most_steps_counts(void **state) {
    struct scene *scene = *state;
    write_checkpoint(scene, 3, 2, 50); /* jobs 3 and 2 */
    write_checkpoint(scene, 4, 3, 70); /* jobs 4, 3 and 2 */
    write_checkpoint(scene, 1, 2, 60); /* jobs 1 and 0 */
    assert_int_equal(find(scene), 2);
    assert_int_equal(scene->resume.count, 2);
    assert_int_equal(scene->resume.bundles[0].checkpoint, 4);
    assert_int_equal(scene->resume.bundles[0].count, 3);
    assert_int_equal(scene->resume.bundles[1].checkpoint, 1);
    assert_int_equal(scene->resume.jobs, 5);
    assert_int_equal(scene->resume.unusable, 0);
}

static void test_unusable_checkpoints_are_removed_and_counted(void **state) {
    struct scene *scene = *state;
    struct error error;
    struct checkpoint other = {.key = 4, .count = 1, .lanes = {{.job = 4, .data = ""}}};
    write_checkpoint(scene, 5, 1, 9);
    assert_ok(&error, checkpoint_write(scene->results, &other, 1, &error)); /* of another hash */
    other = (struct checkpoint){.key = 77, .count = 1, .lanes = {{.job = 77, .data = ""}}};
    assert_ok(&error, checkpoint_write(scene->results, &other, 1, &error)); /* of no job */
    assert_int_equal(find(scene), 1);
    assert_int_equal(scene->resume.count, 1);
    assert_int_equal(scene->resume.unusable, 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_no_folder_is_no_bundle, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_finished_jobs_and_those_that_crashed_do_not_resume,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_the_checkpoint_with_most_steps_counts, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_unusable_checkpoints_are_removed_and_counted, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
