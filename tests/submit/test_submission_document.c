/* What people and programs read of a submission. */
#include "submit/submission_document.h"

#include "document/writers.h"
#include "submit/submissions.h"

/* One form of the answer, owned by the arena. */
static const char *written(const struct submission *submission, const struct sbatch_jobs *sent,
                           enum document_form form, struct arena *arena) {
    struct document document = {.arena = arena};
    struct error error;
    char *buffer = NULL;
    size_t length = 0;
    const char *text;
    FILE *stream = open_memstream(&buffer, &length);
    assert_non_null(stream);
    assert_ok(&error, submission_document(submission, sent, "#!/bin/bash\n", &document, &error));
    assert_ok(&error, document_write(&document, form, stream, &error));
    assert_int_equal(fclose(stream), 0);
    assert_ok(&error, arena_strdup(arena, buffer, &text, &error));
    free(buffer);
    return text;
}

static void assert_has(const char *text, const char *part) {
    if (strstr(text, part) == NULL) {
        fail_msg("'%s' is not in:\n%s", part, text);
    }
}

static void a_submission_says_how_to_watch_it(void **state) {
    struct submission submission = submission_of_two_nodes();
    const struct sbatch_jobs sent = {.script = "out/r.sbatch", .job = "17"};
    const char *text = written(&submission, &sent, DOCUMENT_TEXT_FORM, *state);
    assert_has(text, "job       17, submitted as out/r.sbatch\n"
                     "size      2 nodes, 4 ranks a node; 24 jobs in 3 bundles\n"
                     "time      00:03:00 requested: training takes about 00:01:02, times");
    assert_has(text, "watch     squeue -j 17\n"
                     "          modsweep status out/r.h5\n"
                     "          tail -f out/r-17.log\n");
}

static void shards_have_files_and_a_job_of_their_own(void **state) {
    struct submission submission = submission_of_two_nodes();
    const struct sbatch_jobs sent = {.script = "out/r.sbatch", .job = "17", .merge = "18"};
    submission.results = "a b.h5";
    submission.partition = "long";
    submission.shards = 3;
    submission.nodes = 1;
    const char *text = written(&submission, &sent, DOCUMENT_TEXT_FORM, *state);
    assert_has(text, "size      3 shards, each on 1 node, 4 ranks a node, partition long; 24 jobs");
    assert_has(text, "watch     squeue -j 17,18\n"
                     "          modsweep status 'a b.shard-1-of-3.h5'\n"
                     "          tail -f 'a b-17-1.log'\n"
                     "merge     job 18 merges the shards into a b.h5 when all have ended\n");
}

static void notes_follow_one_another(void **state) {
    struct submission submission = submission_of_two_nodes();
    submission.warnings[submission.warning_count++] = "first";
    submission.warnings[submission.warning_count++] = "second";
    const char *text = written(&submission, NULL, DOCUMENT_TEXT_FORM, *state);
    assert_has(text, "\nnote      first\n          second\n");
    assert_null(strstr(text, "watch"));
}

static void programs_get_the_script_that_was_only_shown(void **state) {
    struct submission submission = submission_of_two_nodes();
    submission.warnings[submission.warning_count++] = "first";
    const char *shown = written(&submission, NULL, DOCUMENT_JSON_FORM, *state);
    assert_has(shown,
               "\"job\": null,\n  \"merge_job\": null,\n  \"script\": \"#!/bin/bash\\n\",\n");
    assert_has(shown, "\"log\": \"out/r-%j.log\"");
    assert_has(shown, "\"restarts_most\": 20,\n  \"notes\": [\n    \"first\"\n  ]");
    const struct sbatch_jobs sent = {.script = "out/r.sbatch", .job = "17"};
    const char *text = written(&submission, &sent, DOCUMENT_JSON_FORM, *state);
    assert_has(text,
               "\"job\": \"17\",\n  \"merge_job\": null,\n  \"script_file\": \"out/r.sbatch\"");
    assert_has(text, "\"log\": \"out/r-17.log\"");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_submission_says_how_to_watch_it, arena_set_up,
                                        arena_tear_down),
        cmocka_unit_test_setup_teardown(shards_have_files_and_a_job_of_their_own, arena_set_up,
                                        arena_tear_down),
        cmocka_unit_test_setup_teardown(notes_follow_one_another, arena_set_up, arena_tear_down),
        cmocka_unit_test_setup_teardown(programs_get_the_script_that_was_only_shown, arena_set_up,
                                        arena_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
