/* A submission warns of what a user may not expect, and of nothing else. */
#include "submit/warnings.h"

#include "check.h"
#include "submit/submissions.h"

static void assert_warns(struct submission *submission, const struct schedule_request *request,
                         const char *text) {
    SCOPED(arena_free) struct arena arena = {0};
    struct error error;
    submission->warning_count = 0;
    assert_ok(&error, warnings_of_schedule(submission, request, &arena, &error));
    assert_int_equal(submission->warning_count, text == NULL ? 0 : 1);
    if (text != NULL && strstr(submission->warnings[0], text) == NULL) {
        fail_msg("'%s' does not say '%s'", submission->warnings[0], text);
    }
}

static struct submission usual(void) {
    struct submission submission = submission_of_two_nodes();
    submission.estimate.bundles = 8;
    return submission;
}

static void usual_submission_has_none(void **state) {
    (void)state;
    struct submission submission = usual();
    assert_warns(&submission, &(struct schedule_request){.time = 180}, NULL);
}

static void idle_ranks(void **state) {
    (void)state;
    struct submission submission = usual();
    submission.estimate.bundles = 3;
    assert_warns(&submission, &(struct schedule_request){0}, "1 node would be as fast");
}

static void times_that_are_not_as_given(void **state) {
    (void)state;
    struct submission submission = usual();
    assert_warns(&submission, &(struct schedule_request){.time = 170}, "becomes 00:03:00");
    submission.schedule.clipped = true;
    assert_warns(&submission, &(struct schedule_request){.time = 7200, .limit = 3600},
                 "--time 02:00:00 is above the partition's limit of 01:00:00");
}

static void bundles_longer_than_a_job(void **state) {
    (void)state;
    struct submission submission = usual();
    submission.schedule.long_bundles = true;
    submission.schedule.useful = 120;
    assert_warns(&submission, &(struct schedule_request){.longest = 600},
                 "takes about 00:10:00, more than a job has (00:02:00)");
}

static void preemption_of_mpirun(void **state) {
    (void)state;
    struct submission submission = usual();
    submission.preemptible = true;
    assert_warns(&submission, &(struct schedule_request){0}, NULL);
    submission.mpi = "mpirun";
    assert_warns(&submission, &(struct schedule_request){0}, "a preemption ends mpirun at once");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(usual_submission_has_none),   cmocka_unit_test(idle_ranks),
        cmocka_unit_test(times_that_are_not_as_given), cmocka_unit_test(bundles_longer_than_a_job),
        cmocka_unit_test(preemption_of_mpirun),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
