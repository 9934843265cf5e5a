#include "show/status_document.h"

#include "document/writers.h"
#include "store/fixture.h"

enum { JOBS = 40 };

/* A run of two ranks on a file in which one job diverged; the file has no parts. */
struct subject {
    struct fixture fixture;
    struct results_reader *reader;
    struct live_rank ranks[2];
    struct live live;
    struct status_report report;
};

static void subject_start(struct subject *subject, bool running) {
    fixture_start(&subject->fixture, JOBS, 3);
    fixture_create(&subject->fixture);
    assert_ok(&subject->fixture.error,
              reader_open(subject->fixture.path, &subject->reader, &subject->fixture.error));
    subject->ranks[0] =
        (struct live_rank){.host = "a", .done = 10, .busy = 8, .job = 30, .jobs = 2, .since = 1018};
    subject->ranks[1] = (struct live_rank){.host = "b", .done = 9, .failed = 1, .busy = 10};
    subject->live = (struct live){.host = "a",
                                  .started = 1000,
                                  .written = 1020,
                                  .rank_count = 2,
                                  .ranks = subject->ranks,
                                  .slow_count = 1,
                                  .slow = {{3.5, 4, 2, 1}}};
    subject->report =
        (struct status_report){.reader = subject->reader,
                               .path = "f.h5",
                               .name = "s",
                               .shard = {.index = 1, .count = 3, .jobs = 120},
                               .job_count = JOBS,
                               .done = 19,
                               .diverged = 1,
                               .missing = 20,
                               .torn = 2,
                               .failure_count = 1,
                               .failures = {{.job = 7, .state = ROW_DIVERGED, .steps = 41}},
                               .run_count = 1,
                               .runs = {{.started = 1000, .ranks = 2, .hosts = "a*1,b*1"}},
                               .running = running,
                               .written = 1020,
                               .now = 1021,
                               .rate = 1,
                               .seconds_left = 20,
                               .live = running ? &subject->live : NULL,
                               .ranks = {.idle = 1, .jobs = 2, .listed_count = 2, .listed = {0, 1}},
                               .slow_cells = {"a.b=1"}};
}

static void assert_written(struct subject *subject, enum document_form form,
                           const char *const *expected, size_t count) {
    struct arena arena = {0};
    struct document document = {.arena = &arena};
    char *text = NULL;
    size_t bytes = 0;
    FILE *stream = open_memstream(&text, &bytes);
    assert_non_null(stream);
    assert_ok(&subject->fixture.error,
              status_document(&subject->report, &document, &subject->fixture.error));
    assert_ok(&subject->fixture.error,
              document_write(&document, form, stream, &subject->fixture.error));
    assert_int_equal(fclose(stream), 0);
    for (size_t k = 0; k < count; k++) {
        if (strstr(text, expected[k]) == NULL) {
            fail_msg("'%s' is not in:\n%s", expected[k], text);
        }
    }
    free(text);
    arena_free(&arena);
}

static void subject_end(struct subject *subject) {
    reader_release(&subject->reader);
    fixture_end(&subject->fixture);
}

static void test_a_run_under_way(void **state) {
    (void)state;
    struct subject subject;
    static const char *const lines[] = {
        "jobs      40 of shard 2/3, of 120 in all\n",
        "finished  20 (50.0 %): 19 done, 1 diverged, 0 quarantined\n",
        "missing   20, of which 2 half-written or damaged, of which 2 in hand\n",
        "failed    job 7 diverged at step 41\n",
        "rate      1 jobs/s, 20 s left\n",
        "ranks     2, 1 idle: 0 to 0 jobs/s each, median 0; last sign of life 1 s ago\n",
        "          rank 0 on a: 10 done, 0.5 jobs/s, 50 % busy, 2 jobs from job 30 for 3 s\n",
        "          rank 1 on b: 9 done, 1 failed, 0.5 jobs/s, 50 % busy, idle\n",
        "slowest   3.5 s for 2 jobs on rank 1, job 4: a.b=1\n",
        "run 1     1970-01-01 00:16:40 UTC, 2 ranks on a*1,b*1, running\n"};
    static const char *const members[] = {
        "\"failures\": [\n    {\n      \"job\": 7,\n      \"state\": \"diverged\",\n",
        "\"in_hand\": {\n          \"job\": 30,\n          \"jobs\": 2,\n          \"since\": "
        "\"1970-01-01T00:16:58Z\"\n",
        "\"in_hand\": null\n", "\"slowest\": [\n      {\n        \"seconds\": 3.5,\n",
        "\"parts\": [\n  ],\n  \"runs\": [\n    {\n      \"started\": \"1970-01-01T00:16:40Z\",\n"
        "      \"ended\": null,\n"};
    subject_start(&subject, true);
    assert_written(&subject, DOCUMENT_TEXT_FORM, lines, COUNT(lines));
    assert_written(&subject, DOCUMENT_JSON_FORM, members, COUNT(members));
    subject_end(&subject);
}

static void test_a_run_that_was_killed(void **state) {
    (void)state;
    struct subject subject;
    static const char *const lines[] = {
        "missing   20, of which 2 half-written or damaged\n",
        ", killed, or its machine failed; last sign of life 1 s ago\n"};
    static const char *const members[] = {"\"live\": null,\n"};
    subject_start(&subject, false);
    assert_written(&subject, DOCUMENT_TEXT_FORM, lines, COUNT(lines));
    assert_written(&subject, DOCUMENT_JSON_FORM, members, COUNT(members));
    subject_end(&subject);
}

/* The page of a report has runs as a table. */
static void test_runs_as_a_table(void **state) {
    (void)state;
    struct subject subject;
    static const char *const cells[] = {
        "<td>1970-01-01 00:16:40 UTC</td><td class=\"number\">20 s</td><td class=\"number\">2</td>"
        "<td class=\"number\">20</td><td class=\"number\">1</td>"
        "<td>killed, or its machine failed</td><td class=\"long\">a*1,b*1</td>"};
    subject_start(&subject, false);
    assert_written(&subject, DOCUMENT_HTML_FORM, cells, COUNT(cells));
    subject_end(&subject);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_a_run_under_way),
    cmocka_unit_test(test_a_run_that_was_killed),
    cmocka_unit_test(test_runs_as_a_table),
};

RUN_WITH_MPI(tests)
