/* What sbatch is given, and what becomes of its answer: a script in its place prints "17;cluster"
 * and notes its arguments. */
#include "submit/sbatch.h"

#include "base/file.h"
#include "submit/script.h"
#include "submit/submissions.h"

struct scene {
    struct arena arena;
    char folder[PATH_BYTES];
    const char *results, *calls;
    struct submission submission;
};

static const char *in_folder(struct scene *scene, const char *name) {
    struct error error;
    const char *path;
    assert_ok(&error, arena_printf(&scene->arena, &path, &error, "%s/%s", scene->folder, name));
    return path;
}

/* Puts a program of that text where sbatch is looked for. */
static void set_sbatch(struct scene *scene, const char *text) {
    const char *program = in_folder(scene, "sbatch");
    file_write_text(program, text);
    assert_int_equal(chmod(program, S_IRWXU), 0);
}

static int set_up(void **state) {
    struct scene *scene = calloc(1, sizeof *scene);
    assert_non_null(scene);
    folder_make(scene->folder);
    scene->results = in_folder(scene, "it's.h5");
    scene->calls = in_folder(scene, "calls");
    scene->submission = submission_of_two_nodes();
    scene->submission.results = scene->results;
    set_sbatch(scene, "#!/bin/sh\nprintf '%s\\n' \"$@\" >>\"${0%/*}/calls\"\necho '17;cluster'\n");
    assert_int_equal(setenv("PATH", scene->folder, true), 0);
    *state = scene;
    return 0;
}

static int tear_down(void **state) {
    struct scene *scene = *state;
    folder_remove(scene->folder);
    arena_free(&scene->arena);
    free(scene);
    return 0;
}

static struct sbatch_jobs submit(struct scene *scene) {
    struct sbatch_jobs jobs;
    struct error error;
    const char *script;
    assert_ok(&error, submission_script(&scene->submission, &scene->arena, &script, &error));
    assert_ok(&error, sbatch_submit(&scene->submission, script, &scene->arena, &jobs, &error));
    return jobs;
}

static const char *calls_of(struct scene *scene) {
    struct error error;
    const char *text;
    assert_ok(&error, file_text(scene->calls, &scene->arena, &text, &error));
    return text;
}

static void assert_called_with(struct scene *scene, const char *argument) {
    const char *calls = calls_of(scene);
    if (strstr(calls, argument) == NULL) {
        fail_msg("'%s' is not in:\n%s", argument, calls);
    }
}

static void the_script_is_written_and_submitted(void **state) {
    struct scene *scene = *state;
    const struct sbatch_jobs jobs = submit(scene);
    struct error error;
    const char *text;
    assert_string_equal(jobs.job, "17");
    assert_null(jobs.merge);
    assert_string_equal(jobs.script, in_folder(scene, "it's.sbatch"));
    assert_ok(&error, file_text(jobs.script, &scene->arena, &text, &error));
    assert_non_null(strstr(text, script_second_line));
    assert_called_with(scene, "--parsable\n");
    assert_called_with(scene, jobs.script);
    (void)submit(scene); /* in place of the earlier script */
}

static void another_file_is_not_replaced(void **state) {
    struct scene *scene = *state;
    struct sbatch_jobs jobs;
    struct error error;
    file_write_text(in_folder(scene, "it's.sbatch"), "#!/bin/bash\n# of the user\n");
    assert_int_equal(sbatch_submit(&scene->submission, "", &scene->arena, &jobs, &error),
                     STATUS_BAD_INPUT);
    assert_message(&error, "is another file");
}

static void a_job_merges_shards_after_them(void **state) {
    struct scene *scene = *state;
    scene->submission.shards = 3;
    scene->submission.partition = "long";
    const struct sbatch_jobs jobs = submit(scene);
    assert_string_equal(jobs.merge, "17");
    assert_called_with(scene, "--dependency=afterany:17\n");
    assert_called_with(scene, "--partition=long\n--job-name=waits\n");
    assert_called_with(scene, "it's-merge-%j.log\n");
    assert_called_with(scene, "--wrap=/opt/modsweep merge '");
    assert_called_with(scene, "/it'\\''s'.shard-*-of-3.h5\n");
}

/* The earlier file and the shards become a new one, which then takes its place. */
static void an_earlier_file_is_merged_as_well(void **state) {
    struct scene *scene = *state;
    scene->results = "r.h5";
    scene->submission.results = in_folder(scene, "r.h5");
    scene->submission.shards = 3;
    scene->submission.joined = true;
    (void)submit(scene);
    struct error error;
    const char *expected;
    const char *folder = scene->folder;
    assert_ok(&error, arena_printf(&scene->arena, &expected, &error,
                                   "--wrap=rm -f %s/r.h5.joined && /opt/modsweep merge "
                                   "%s/r.h5.joined %s/r.h5 %s/r.shard-*-of-3.h5 && "
                                   "mv %s/r.h5.joined %s/r.h5\n",
                                   folder, folder, folder, folder, folder, folder));
    assert_called_with(scene, expected);
}

static void refusals_are_passed_on(void **state) {
    struct scene *scene = *state;
    struct sbatch_jobs jobs;
    struct error error;
    set_sbatch(scene, "#!/bin/sh\necho 'no such account' >&2\nexit 1\n");
    assert_int_equal(sbatch_submit(&scene->submission, "", &scene->arena, &jobs, &error),
                     STATUS_BAD_INPUT);
    assert_message(&error, "sbatch refuses the job: no such account");
    assert_int_equal(unlink(in_folder(scene, "sbatch")), 0);
    assert_int_equal(unlink(in_folder(scene, "it's.sbatch")), 0);
    assert_int_equal(sbatch_submit(&scene->submission, "", &scene->arena, &jobs, &error),
                     STATUS_BAD_INPUT);
    assert_message(&error, "sbatch is not found");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_script_is_written_and_submitted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(another_file_is_not_replaced, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_job_merges_shards_after_them, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_earlier_file_is_merged_as_well, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refusals_are_passed_on, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
