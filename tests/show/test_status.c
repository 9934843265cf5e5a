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
    assert_ok(&fixture, reader_open(fixture.path, &reader, &fixture.error));
    assert_ok(&fixture, status_read(reader, &report, &fixture.error));
    assert_int_equal(report.done, 3);
    assert_int_equal(report.diverged, 2);
    assert_int_equal(report.quarantined, 1);
    assert_int_equal(report.missing, JOBS - 6);
    assert_int_equal(report.torn, 0);
    assert_int_equal(report.run_count, 0);
    assert_false(report.running);
    reader_close(reader);
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

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_counts_rows),
    cmocka_unit_test(test_a_run_that_goes_on),
    cmocka_unit_test(test_a_run_that_was_killed),
    cmocka_unit_test(test_a_run_that_ended),
};

RUN_WITH_MPI(tests)
