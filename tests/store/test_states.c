#include "fixture.h"

#include "store/reader.h"

#include <fcntl.h>

enum { JOBS = 40 };

/* Where a variable's row lies in the file. */
static off_t place_of(struct fixture *fixture, const char *name, int64_t row, size_t row_bytes) {
    struct results_reader *reader;
    hid_t dataset;
    assert_ok(&fixture->error, reader_open(fixture->path, &reader, &fixture->error));
    assert_ok(&fixture->error, hdf_open_dataset(reader->file, name, &dataset, &fixture->error));
    haddr_t place = H5Dget_offset(dataset);
    assert_true(place != HADDR_UNDEF);
    hdf_release(&dataset);
    reader_release(&reader);
    return (off_t)place + row * (off_t)row_bytes;
}

static void change_byte(const struct fixture *fixture, off_t place) {
    unsigned char byte;
    int descriptor = open(fixture->path, O_RDWR);
    assert_int_equal(pread(descriptor, &byte, 1, place), 1);
    byte ^= 1;
    assert_int_equal(pwrite(descriptor, &byte, 1, place), 1);
    assert_int_equal(close(descriptor), 0);
}

static void assert_states(struct fixture *fixture, const int64_t *finished, size_t count,
                          int64_t expected_torn) {
    uint8_t states[JOBS];
    int64_t torn;
    size_t found = 0;
    assert_ok(&fixture->error,
              results_states(fixture->path, &fixture->layout, states, &torn, &fixture->error));
    assert_int_equal(torn, expected_torn);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(states[finished[i]], ROW_DONE);
    }
    for (size_t job = 0; job < JOBS; job++) {
        found += states[job] != ROW_MISSING;
    }
    assert_int_equal(found, count);
}

/* Each of these bytes is a row's; changing any one takes that row, and no other, out. */
static void test_torn_rows_are_missing(void **state) {
    (void)state;
    static const struct {
        const char *name;
        size_t row_bytes;
    } places[] = {{"loss", 8},  {"r2", 48},      {"weights", 12}, {"best_step", 8},
                  {"steps", 8}, {"checksum", 8}, {"state", 1}};
    static const int64_t jobs[] = {5, 6, 39};
    struct fixture fixture;
    fixture_start(&fixture, JOBS, 3);
    fixture_create(&fixture);
    fixture_write(&fixture, jobs, 3, ROW_DONE);
    assert_states(&fixture, jobs, 3, 0);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        off_t place = place_of(&fixture, places[i].name, 39, places[i].row_bytes);
        change_byte(&fixture, place);
        /* A state of 1 without its lowest bit says that there is no row. */
        assert_states(&fixture, jobs, 2, strcmp(places[i].name, "state") == 0 ? 0 : 1);
        change_byte(&fixture, place);
    }
    assert_states(&fixture, jobs, 3, 0);
    change_byte(&fixture, place_of(&fixture, "seconds", 39, 8));
    assert_states(&fixture, jobs, 3, 0);
    fixture_end(&fixture);
}

/* Data come first: without its state a row is not there, whatever else was written. */
static void test_truncated_file(void **state) {
    (void)state;
    struct fixture fixture;
    uint8_t states[JOBS];
    int64_t torn;
    fixture_start(&fixture, JOBS, 3);
    fixture_create(&fixture);
    assert_int_equal(truncate(fixture.path, 3000), 0);
    assert_int_equal(results_states(fixture.path, &fixture.layout, states, &torn, &fixture.error),
                     STATUS_STORAGE);
    assert_message(&fixture.error, "truncated");
    fixture_end(&fixture);
}

static void test_attempts_by_plain_writes(void **state) {
    (void)state;
    const uint8_t two = 2;
    struct fixture fixture;
    uint8_t attempts[JOBS];
    off_t place;
    fixture_start(&fixture, JOBS, 3);
    fixture_create(&fixture);
    assert_ok(&fixture.error, results_attempts(fixture.path, attempts, &place, &fixture.error));
    for (size_t i = 0; i < JOBS; i++) {
        assert_int_equal(attempts[i], 0);
    }
    int descriptor = open(fixture.path, O_WRONLY);
    assert_int_equal(pwrite(descriptor, &two, 1, place + 17), 1);
    assert_int_equal(close(descriptor), 0);
    assert_ok(&fixture.error, results_attempts(fixture.path, attempts, &place, &fixture.error));
    for (size_t i = 0; i < JOBS; i++) {
        assert_int_equal(attempts[i], i == 17 ? 2 : 0);
    }
    fixture_end(&fixture);
}

/* Readers open and see finished rows while the file is open for writing. */
static void test_reads_while_another_writes(void **state) {
    (void)state;
    static const int64_t job = 11;
    struct fixture fixture;
    struct results *results;
    fixture_start(&fixture, JOBS, 3);
    fixture_create(&fixture);
    struct row row = fixture_row(&fixture, job, ROW_DONE);
    assert_ok(&fixture.error, results_open(fixture.path, &fixture.layout, NO_RUN, MPI_COMM_SELF,
                                           &results, &fixture.error));
    assert_states(&fixture, NULL, 0, 0);
    assert_ok(&fixture.error, results_write(results, &row, 1, &fixture.error));
    assert_states(&fixture, &job, 1, 0);
    assert_ok(&fixture.error, results_close(results, &fixture.error));
    fixture_end(&fixture);
}

/* In the file of a shard, rows are those of its jobs, but jobs keep their numbers. */
static void test_shards_have_rows_of_their_own(void **state) {
    (void)state;
    struct fixture fixture;
    struct results_reader *reader;
    uint8_t states[JOBS];
    uint8_t attempts[JOBS];
    const uint8_t two = 2;
    int64_t torn;
    int64_t written[2];
    double losses[JOBS];
    int64_t numbers[JOBS];
    uint64_t hashes[JOBS][2];
    off_t place;
    fixture_start(&fixture, JOBS, 3);
    struct error *error = &fixture.error;
    fixture.shard = (struct shard){.index = 2, .count = 3, .jobs = JOBS};
    const int64_t rows = shard_rows(&fixture.shard);
    fixture_create(&fixture);
    written[0] = shard_job(&fixture.shard, 4);
    written[1] = shard_job(&fixture.shard, rows - 1);
    fixture_write(&fixture, written, 2, ROW_DONE);
    assert_ok(&fixture.error, results_states(fixture.path, &fixture.layout, states, &torn, error));
    for (int64_t job = 0; job < JOBS; job++) {
        bool done = job == written[0] || job == written[1];
        assert_int_equal(states[job], !shard_has(&fixture.shard, job) ? ROW_ELSEWHERE
                                      : done                          ? ROW_DONE
                                                                      : ROW_MISSING);
    }
    assert_ok(&fixture.error, results_attempts(fixture.path, attempts, &place, error));
    int descriptor = open(fixture.path, O_WRONLY);
    assert_int_equal(pwrite(descriptor, &two, 1, place + 4), 1);
    assert_int_equal(close(descriptor), 0);
    assert_ok(&fixture.error, results_attempts(fixture.path, attempts, &place, error));
    for (int64_t job = 0; job < JOBS; job++) {
        assert_int_equal(attempts[job], job == written[0] ? 2 : 0);
    }
    assert_ok(&fixture.error, reader_open(fixture.path, &reader, error));
    assert_int_equal(reader->job_count, rows);
    assert_ok(&fixture.error, reader_column(reader, "loss", HDF_FLOAT64, 0, rows, losses, error));
    assert_ok(&fixture.error, reader_column(reader, "job", HDF_INT64, 0, rows, numbers, error));
    assert_ok(&fixture.error, reader_column(reader, "hash", HDF_UINT64, 0, rows, hashes, error));
    for (int64_t row = 0; row < rows; row++) {
        assert_int_equal(numbers[row], shard_job(&fixture.shard, row));
        assert_int_equal(reader_job(reader, row), numbers[row]);
        assert_int_equal(hashes[row][1], numbers[row]);
        assert_true(row == 4 || row == rows - 1 ? losses[row] == (double)numbers[row]
                                                : isnan(losses[row]));
    }
    reader_release(&reader);
    fixture_end(&fixture);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_shards_have_rows_of_their_own),
    cmocka_unit_test(test_torn_rows_are_missing),
    cmocka_unit_test(test_truncated_file),
    cmocka_unit_test(test_attempts_by_plain_writes),
    cmocka_unit_test(test_reads_while_another_writes),
};

RUN_WITH_MPI(tests)
