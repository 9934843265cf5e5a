#include "fixture.h"

#include "store/reader.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

enum { JOBS = 40 };

static const int64_t all_jobs[] = {7, 8, 9, 3, 39, 0};
enum { WRITTEN = sizeof all_jobs / sizeof *all_jobs };

/* Every byte of every written row, and nothing of the others. */
static void test_rows_read_back(void **state) {
    (void)state;
    struct fixture fixture;
    struct results_reader *reader;
    fixture_start(&fixture, JOBS, 3);
    fixture_create(&fixture);
    fixture_write(&fixture, all_jobs, WRITTEN, ROW_DIVERGED);
    assert_ok(&fixture.error, reader_open(fixture.path, &reader, &fixture.error));
    size_t bytes = fixture.layout.record_bytes;
    unsigned char *records = malloc(JOBS * bytes);
    unsigned char *scratch = malloc(JOBS * bytes);
    unsigned char *blank = calloc(1, bytes);
    int64_t steps[JOBS];
    double seconds[JOBS];
    uint8_t states[JOBS];
    assert_true(records != NULL && scratch != NULL && blank != NULL);
    layout_clear(&fixture.layout, blank);
    struct error *error = &fixture.error;
    assert_ok(&fixture.error,
              records_read(reader, &fixture.layout, 0, JOBS, scratch, records, error));
    assert_ok(&fixture.error, reader_column(reader, "steps", HDF_INT64, 0, JOBS, steps, error));
    assert_ok(&fixture.error,
              reader_column(reader, "seconds", HDF_FLOAT64, 0, JOBS, seconds, error));
    assert_ok(&fixture.error, reader_column(reader, "state", HDF_UINT8, 0, JOBS, states, error));
    for (int64_t job = 0; job < JOBS; job++) {
        bool written = false;
        for (size_t i = 0; i < WRITTEN; i++) {
            written |= all_jobs[i] == job;
        }
        assert_memory_equal(records + (size_t)job * bytes,
                            written ? fixture_record(&fixture, job) : blank, bytes);
        assert_int_equal(states[job], written ? ROW_DIVERGED : ROW_MISSING);
        assert_int_equal(steps[job], written ? 100 + job : 0);
        assert_true(written ? seconds[job] == 0.5 * (double)job : isnan(seconds[job]));
    }
    free(records);
    free(scratch);
    free(blank);
    reader_release(&reader);
    fixture_end(&fixture);
}

/* More contiguous rows than one write takes, of a record that makes writes small. */
static void test_many_large_rows(void **state) {
    (void)state;
    enum { MANY = 600, LATENTS = 5000 };
    struct fixture fixture;
    int64_t jobs[MANY];
    uint8_t states[MANY];
    int64_t torn;
    fixture_start(&fixture, MANY, LATENTS);
    fixture_create(&fixture);
    for (int64_t i = 0; i < MANY; i++) {
        jobs[i] = i;
    }
    fixture_write(&fixture, jobs, MANY, ROW_DONE);
    assert_ok(&fixture.error,
              results_states(fixture.path, &fixture.layout, states, &torn, &fixture.error));
    assert_int_equal(torn, 0);
    for (size_t i = 0; i < MANY; i++) {
        assert_int_equal(states[i], ROW_DONE);
    }
    fixture_end(&fixture);
}

/* Metadata must not change after creation: what a killed writer leaves is then always readable. */
static void test_writing_changes_no_metadata(void **state) {
    (void)state;
    struct fixture fixture;
    struct results *results;
    struct row row;
    char command[6 * PATH_BYTES];
    fixture_start(&fixture, JOBS, 3);
    fixture_create(&fixture);
    (void)snprintf(command, sizeof command, "cp '%s' '%s.before'", fixture.path, fixture.path);
    assert_int_equal(system(command), 0);
    assert_ok(&fixture.error, results_open(fixture.path, &fixture.layout, NO_RUN, MPI_COMM_SELF,
                                           &results, &fixture.error));
    row = fixture_row(&fixture, 4, ROW_DONE);
    assert_ok(&fixture.error, results_write(results, &row, 1, &fixture.error));
    assert_ok(&fixture.error, results_close(results, &fixture.error));
    /* One record of 72 + 8 bytes with its gaps, steps, seconds, checksum and state. */
    (void)snprintf(command, sizeof command,
                   "test $(cmp -l '%s' '%s.before' | wc -l) -le %zu &&"
                   "test $(stat -c %%s '%s') = $(stat -c %%s '%s.before')",
                   fixture.path, fixture.path, fixture.layout.record_bytes + 25, fixture.path,
                   fixture.path);
    assert_int_equal(system(command), 0);
    fixture_end(&fixture);
}

static void test_refused_write_is_reported(void **state) {
    (void)state;
    struct fixture fixture;
    struct results *results;
    struct rlimit before;
    fixture_start(&fixture, 2000, 3);
    fixture_create(&fixture);
    struct row row = fixture_row(&fixture, 1999, ROW_DONE);
    assert_ok(&fixture.error, results_open(fixture.path, &fixture.layout, NO_RUN, MPI_COMM_SELF,
                                           &results, &fixture.error));
    assert_true(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    struct rlimit limited = {1000, before.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limited), 0);
    enum status status = results_write(results, &row, 1, &fixture.error);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_int_equal(status, STATUS_STORAGE);
    assert_message(&fixture.error, fixture.path);
    assert_ok(&fixture.error, results_close(results, &fixture.error));
    fixture_end(&fixture);
}

static void test_cannot_open_what_is_not_there(void **state) {
    (void)state;
    struct fixture fixture;
    struct results *results;
    fixture_start(&fixture, JOBS, 3);
    assert_int_equal(results_open(fixture.path, &fixture.layout, NO_RUN, MPI_COMM_SELF, &results,
                                  &fixture.error),
                     STATUS_STORAGE);
    assert_null(results);
    assert_message(&fixture.error, "No such file");
    assert_ok(&fixture.error, results_close(results, &fixture.error));
    fixture_end(&fixture);
}

static void test_runs_are_noted(void **state) {
    (void)state;
    struct fixture fixture;
    struct results *results;
    struct results_reader *reader;
    struct run_note notes[64];
    struct run_note note = {.started = 1.7e9 + 0.125, .ranks = 3, .finished_before = 5};
    size_t count;
    int64_t slot;
    (void)snprintf(note.hosts, sizeof note.hosts, "node1*2,node2*1");
    fixture_start(&fixture, JOBS, 3);
    fixture_create(&fixture);
    assert_ok(&fixture.error, runs_next_slot(fixture.path, &slot, &fixture.error));
    assert_int_equal(slot, 0);
    assert_ok(&fixture.error, results_open(fixture.path, &fixture.layout, NO_RUN, MPI_COMM_SELF,
                                           &results, &fixture.error));
    assert_ok(&fixture.error, results_note_run(results, 0, &note, &fixture.error));
    note.ended = 1.7e9 + 60;
    note.ranks = 1;
    assert_ok(&fixture.error, results_note_run(results, 1, &note, &fixture.error));
    assert_ok(&fixture.error, results_close(results, &fixture.error));
    assert_ok(&fixture.error, runs_next_slot(fixture.path, &slot, &fixture.error));
    assert_int_equal(slot, 2);
    assert_ok(&fixture.error, reader_open(fixture.path, &reader, &fixture.error));
    assert_ok(&fixture.error,
              runs_read(reader->file, reader->version, notes, &count, &fixture.error));
    reader_release(&reader);
    assert_int_equal(count, 2);
    assert_true(notes[0].started == 1.7e9 + 0.125 && notes[0].ended == 0);
    assert_int_equal(notes[0].ranks, 3);
    assert_int_equal(notes[0].finished_before, 5);
    assert_string_equal(notes[0].hosts, "node1*2,node2*1");
    assert_true(notes[1].ended == 1.7e9 + 60);
    fixture_end(&fixture);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_rows_read_back),
    cmocka_unit_test(test_many_large_rows),
    cmocka_unit_test(test_writing_changes_no_metadata),
    cmocka_unit_test(test_refused_write_is_reported),
    cmocka_unit_test(test_cannot_open_what_is_not_there),
    cmocka_unit_test(test_runs_are_noted),
};

RUN_WITH_MPI(tests)
