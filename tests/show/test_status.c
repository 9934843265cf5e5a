#include "show/status.h"

#include "store/fixture.h"

enum { JOBS = 40 };

static void test_counts_rows(void **state) {
    (void)state;
    static const int64_t done[] = {0, 1, 2};
    static const int64_t diverged[] = {7, 9};
    static const int64_t quarantined[] = {8};
    struct fixture fixture;
    struct results_reader *reader;
    struct status_report report;
    fixture_start(&fixture, JOBS, 3);
    fixture_create(&fixture);
    fixture_write(&fixture, done, 3, ROW_DONE);
    fixture_write(&fixture, diverged, 2, ROW_DIVERGED);
    fixture_write(&fixture, quarantined, 1, ROW_QUARANTINED);
    assert_ok(&fixture.error, reader_open(fixture.path, &reader, &fixture.error));
    assert_ok(&fixture.error, status_read(reader, &report, &fixture.error));
    assert_int_equal(report.done, 3);
    assert_int_equal(report.diverged, 2);
    assert_int_equal(report.quarantined, 1);
    assert_int_equal(report.missing, JOBS - 6);
    assert_int_equal(report.torn, 0);
    assert_int_equal(report.run_count, 0);
    assert_false(report.running);
    reader_release(&reader);
    fixture_end(&fixture);
}

/* 100 jobs, of which 30 are missing; the run began at 1000 s with 20 and wrote last at 1010 s. */
static struct status_report report_of_run(double ended) {
    return (struct status_report){
        .job_count = 100,
        .missing = 30,
        .run_count = 1,
        .written = 1010,
        .runs = {{.started = 1000, .ended = ended, .finished_before = 20}}};
}

static void test_a_run_that_goes_on(void **state) {
    (void)state;
    struct status_report report = report_of_run(0);
    status_judge(&report, LOCK_HELD, 2000);
    assert_true(report.running);
    assert_float_equal(report.rate, 5, 1e-12);
    assert_float_equal(report.seconds_left, 6, 1e-12);
    status_judge(&report, LOCK_UNKNOWN, 1015); /* written just now */
    assert_true(report.running);
}

static void test_a_run_that_was_killed(void **state) {
    (void)state;
    struct status_report report = report_of_run(0);
    status_judge(&report, LOCK_FREE, 1011);
    assert_false(report.running);
    status_judge(&report, LOCK_UNKNOWN, 2000);
    assert_false(report.running);
    assert_float_equal(report.rate, 5, 1e-12);
    assert_true(isnan(report.seconds_left));
}

static void test_a_run_that_ended(void **state) {
    (void)state;
    struct status_report report = report_of_run(1020);
    status_judge(&report, LOCK_UNKNOWN, 1021);
    assert_false(report.running);
    assert_float_equal(report.rate, 2.5, 1e-12);
    assert_true(isnan(report.seconds_left));
}

/* The same run, of which rank 0 said at 1030 s that a quarter of the cost is done. */
static void test_what_the_run_says_counts(void **state) {
    (void)state;
    struct live live = {.started = 1000,
                        .written = 1030,
                        .interval = 40,
                        .total = 100,
                        .before = 20,
                        .done = 50,
                        .cost = 1,
                        .all_cost = 4};
    struct status_report report = report_of_run(0);
    report.live = &live;
    report.written = 1030;
    status_judge(&report, LOCK_HELD, 1032);
    assert_true(report.running);
    assert_float_equal(report.seconds_left, 88, 1e-9); /* three times 30 s, 2 s ago */
    status_judge(&report, LOCK_UNKNOWN, 1149);         /* three of its intervals */
    assert_true(report.running);
    status_judge(&report, LOCK_UNKNOWN, 1151);
    assert_false(report.running);
    assert_true(isnan(report.seconds_left));
    status_judge(&report, LOCK_FREE, 1031);
    assert_false(report.running);
    live.all_cost = 0; /* unknown: 50 of 80 jobs are done */
    status_judge(&report, LOCK_HELD, 1030);
    assert_float_equal(report.seconds_left, 18, 1e-9);
}

/* A file that run number 1 has opened and not closed, and what it said of so many ranks. */
static struct status_report report_of_live(struct fixture *fixture, int64_t run_epoch,
                                           int64_t ranks, struct results_reader **reader) {
    struct results *results;
    struct status_report report;
    struct run_note note = {.started = 1000, .ranks = ranks, .run_epoch = 1, .hosts = "x*1"};
    struct live live = {.run_epoch = run_epoch,
                        .host = "elsewhere",
                        .started = 1000,
                        .written = 1010,
                        .interval = 1,
                        .total = JOBS,
                        .rank_count = ranks,
                        .slow_count = 1,
                        .slow = {{3.5, 4, 2, 1}}};
    fixture_start(fixture, JOBS, 3);
    fixture_create(fixture);
    assert_ok(&fixture->error, results_open(fixture->path, &fixture->layout, NO_RUN, MPI_COMM_SELF,
                                            &results, &fixture->error));
    assert_ok(&fixture->error, results_note_run(results, 0, &note, &fixture->error));
    assert_ok(&fixture->error, results_close(results, &fixture->error));
    assert_ok(&fixture->error, ARENA_NEW(&fixture->arena, live.ranks, ranks, &fixture->error));
    for (int64_t k = 0; k < ranks; k++) {
        live.ranks[k] = (struct live_rank){
            .host = "x", .done = 10 * k, .jobs = k % 4, .since = 2000 - (double)k};
    }
    assert_ok(&fixture->error, live_write(&live, fixture->path, &fixture->error));
    assert_ok(&fixture->error, reader_open(fixture->path, reader, &fixture->error));
    assert_ok(&fixture->error, status_read(*reader, &report, &fixture->error));
    return report;
}

static void test_ranks_and_slow_bundles(void **state) {
    (void)state;
    enum { MANY = 101 };
    struct fixture fixture;
    struct results_reader *reader;
    struct status_report report = report_of_live(&fixture, 1, MANY, &reader);
    assert_non_null(report.live);
    assert_int_equal(report.live->rank_count, MANY);
    assert_int_equal(report.ranks.idle, 26);
    assert_int_equal(report.ranks.jobs, 25 * (1 + 2 + 3));
    assert_float_equal(report.ranks.rate_least, 0, 1e-12);
    assert_float_equal(report.ranks.rate_median, 50, 1e-12);
    assert_float_equal(report.ranks.rate_most, 100, 1e-12);
    assert_int_equal(report.ranks.listed_count, STATUS_RANKS_LISTED);
    assert_int_equal(report.ranks.listed[0], 99); /* longest at it; number 100 is idle */
    assert_int_equal(report.ranks.listed[3], 95);
    assert_string_equal(report.slow_cells[0],
                        "train.learning_rate=0.25 data.change=corner replicate=0");
    reader_release(&reader);
    fixture_end(&fixture);
}

static void test_few_ranks_are_all_listed(void **state) {
    (void)state;
    struct fixture fixture;
    struct results_reader *reader;
    struct status_report report = report_of_live(&fixture, 1, 3, &reader);
    assert_int_equal(report.ranks.listed_count, 3);
    for (int64_t k = 0; k < 3; k++) {
        assert_int_equal(report.ranks.listed[k], k);
    }
    reader_release(&reader);
    fixture_end(&fixture);
}

/* A run before the last was killed, and nobody has removed its words yet. */
static void test_words_of_an_earlier_run_do_not_count(void **state) {
    (void)state;
    struct fixture fixture;
    struct results_reader *reader;
    struct status_report report = report_of_live(&fixture, 0, 3, &reader);
    assert_null(report.live);
    assert_int_equal(report.run_count, 1);
    reader_release(&reader);
    fixture_end(&fixture);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_counts_rows),
    cmocka_unit_test(test_a_run_that_goes_on),
    cmocka_unit_test(test_a_run_that_was_killed),
    cmocka_unit_test(test_a_run_that_ended),
    cmocka_unit_test(test_what_the_run_says_counts),
    cmocka_unit_test(test_ranks_and_slow_bundles),
    cmocka_unit_test(test_few_ranks_are_all_listed),
    cmocka_unit_test(test_words_of_an_earlier_run_do_not_count),
};

RUN_WITH_MPI(tests)
