/* What a submission makes of its settings: template, options, arguments, names of files. */
#include "submit/submission.h"

#include "submit/submissions.h"

static void assert_script_has(const struct submission *submission, struct arena *arena,
                              const char *part) {
    struct error error;
    const char *text;
    assert_ok(&error, submission_script(submission, arena, &text, &error));
    if (strstr(text, part) == NULL) {
        fail_msg("'%s' is not in:\n%s", part, text);
    }
}

static void assert_script_lacks(const struct submission *submission, struct arena *arena,
                                const char *part) {
    struct error error;
    const char *text;
    assert_ok(&error, submission_script(submission, arena, &text, &error));
    assert_null(strstr(text, part));
}

static void settings_become_options(void **state) {
    struct submission submission = submission_of_two_nodes();
    submission.partition = "long";
    submission.threads = true;
    assert_script_has(&submission, *state, "#SBATCH --job-name=waits\n");
    assert_script_has(&submission, *state, "#SBATCH --nodes=2\n");
    assert_script_has(&submission, *state, "#SBATCH --ntasks-per-node=4\n");
    assert_script_has(&submission, *state, "#SBATCH --time=00:03:00\n#SBATCH --signal=USR1@40\n");
    assert_script_has(&submission, *state, "#SBATCH --output=out/r-%j.log\n");
    assert_script_has(&submission, *state,
                      "#SBATCH --partition=long\n#SBATCH --hint=nomultithread\n");
    assert_script_has(&submission, *state, "set -- s.yaml out/r.h5 --notice 30\n");
    assert_script_has(&submission, *state, "export MPI_TYPE=${MPI_TYPE:-pmix}\n");
    assert_script_lacks(&submission, *state, "--ntasks=");
    assert_script_lacks(&submission, *state, "--array");
    submission.nodes = 1;
    assert_script_has(&submission, *state, "#SBATCH --ntasks=4\n");
}

static void the_template_follows_from_how_it_runs(void **state) {
    struct submission submission = submission_of_two_nodes();
    submission.preemptible = true;
    assert_script_has(&submission, *state, "--notice 20 --checkpoint-every 60");
    assert_script_has(&submission, *state, "--notice 30 --checkpoint-every 60\n");
    submission.mpi = "mpirun";
    assert_script_has(&submission, *state, "#SBATCH --signal=B:USR1@40\n");
    assert_script_has(&submission, *state, "\nmpirun ");
    assert_script_lacks(&submission, *state, "MPI_TYPE");
    submission.mpi = "pmi2";
    submission.shards = 5;
    assert_script_has(&submission, *state, "#SBATCH --array=1-5\n");
    assert_script_has(&submission, *state, "export MODSWEEP_SHARDS=${MODSWEEP_SHARDS:-5}\n");
}

static void overrides_and_older_files_are_arguments(void **state) {
    static const char *const overrides[] = {"a=1", "name=\"x y\""};
    static const char *const older[] = {"old.h5"};
    struct submission submission = submission_of_two_nodes();
    submission.overrides = overrides;
    submission.override_count = COUNT(overrides);
    submission.older = older;
    submission.older_count = COUNT(older);
    assert_script_has(&submission, *state,
                      " --notice 30 --set a=1 --set 'name=\"x y\"' --reuse old.h5\n");
}

static void assert_logs(const struct submission *submission, struct arena *arena, const char *log,
                        const char *own, const char *merge) {
    struct error error;
    const char *path;
    assert_ok(&error, submission_log(submission, NULL, arena, &path, &error));
    assert_string_equal(path, log);
    assert_ok(&error, submission_log(submission, "17", arena, &path, &error));
    assert_string_equal(path, own);
    assert_ok(&error, submission_merge_log(submission, arena, &path, &error));
    assert_string_equal(path, merge);
}

static void logs_lie_beside_the_results(void **state) {
    struct submission submission = submission_of_two_nodes();
    assert_logs(&submission, *state, "out/r-%j.log", "out/r-17.log", "out/r-merge-%j.log");
    submission.shards = 3;
    assert_logs(&submission, *state, "out/r-%A-%a.log", "out/r-17-1.log", "out/r-merge-%j.log");
    submission.results = "50%";
    assert_int_equal(submission_stem_length(&submission), 3);
    assert_logs(&submission, *state, "50%%-%A-%a.log", "50%-17-1.log", "50%%-merge-%j.log");
    submission.results = "a\\b.h5";
    assert_logs(&submission, *state, "modsweep-%A-%a.log", "modsweep-17-1.log",
                "modsweep-merge-%j.log");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(settings_become_options, arena_set_up, arena_tear_down),
        cmocka_unit_test_setup_teardown(the_template_follows_from_how_it_runs, arena_set_up,
                                        arena_tear_down),
        cmocka_unit_test_setup_teardown(overrides_and_older_files_are_arguments, arena_set_up,
                                        arena_tear_down),
        cmocka_unit_test_setup_teardown(logs_lie_beside_the_results, arena_set_up, arena_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
