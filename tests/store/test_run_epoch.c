#include "fixture.h"

#include "store/format.h"
#include "store/reader.h"

enum { JOBS = 6 };

static int64_t take(struct fixture *fixture) {
    int64_t number = -1;
    assert_ok(&fixture->error, run_epoch_take(fixture->path, &number, &fixture->error));
    return number;
}

static uint8_t state_of(struct fixture *fixture, int64_t job) {
    uint8_t states[JOBS];
    int64_t torn = -1;
    assert_ok(&fixture->error,
              results_states(fixture->path, &fixture->layout, states, &torn, &fixture->error));
    assert_int_equal(torn, 0);
    return states[job];
}

static void test_every_run_takes_the_next_number(void **state) {
    struct fixture *fixture = *state;
    assert_int_equal(take(fixture), 1);
    assert_int_equal(take(fixture), 2);
    assert_int_equal(take(fixture), 3);
}

static void test_rows_carry_the_number_of_their_run(void **state) {
    struct fixture *fixture = *state;
    struct results *results;
    struct results_reader *reader;
    int64_t numbers[JOBS];
    (void)take(fixture);
    int64_t number = take(fixture);
    struct row rows[] = {fixture_row(fixture, 1, ROW_DONE), fixture_row(fixture, 4, ROW_DIVERGED)};
    assert_ok(&fixture->error, results_open(fixture->path, &fixture->layout, number, MPI_COMM_SELF,
                                            &results, &fixture->error));
    assert_ok(&fixture->error, results_write(results, rows, 2, &fixture->error));
    assert_ok(&fixture->error, results_close(results, &fixture->error));
    assert_ok(&fixture->error, reader_open(fixture->path, &reader, &fixture->error));
    assert_ok(&fixture->error, reader_column(reader, VARIABLE_ROW_EPOCH, HDF_INT64, 0, JOBS,
                                             numbers, &fixture->error));
    reader_release(&reader);
    for (int64_t job = 0; job < JOBS; job++) {
        assert_int_equal(numbers[job], job == 1 || job == 4 ? 2 : 0);
    }
}

static void test_a_run_that_was_taken_over_writes_no_more(void **state) {
    struct fixture *fixture = *state;
    struct results *results;
    struct row before = fixture_row(fixture, 0, ROW_DONE);
    struct row after = fixture_row(fixture, 1, ROW_DONE);
    int64_t number = take(fixture);
    assert_ok(&fixture->error, results_open(fixture->path, &fixture->layout, number, MPI_COMM_SELF,
                                            &results, &fixture->error));
    assert_ok(&fixture->error, results_write(results, &before, 1, &fixture->error));
    assert_ok(&fixture->error, results_current(results, &fixture->error));

    (void)take(fixture);
    assert_int_equal(results_current(results, &fixture->error), STATUS_STORAGE);
    assert_int_equal(results_write(results, &after, 1, &fixture->error), STATUS_STORAGE);
    assert_message(&fixture->error, "run 2 has taken over from this run, number 1");
    assert_ok(&fixture->error, results_close(results, &fixture->error));
    assert_int_equal(state_of(fixture, 0), ROW_DONE);
    assert_int_equal(state_of(fixture, 1), ROW_MISSING);
}

/* Turns the file into one of format 1, which had no run epochs. */
static void make_older(struct fixture *fixture) {
    const int64_t version = 1;
    const char *const names[] = {VARIABLE_ROW_EPOCH, VARIABLE_LATEST_EPOCH, VARIABLE_RUN_EPOCH};
    hid_t file = H5Fopen(fixture->path, H5F_ACC_RDWR, H5P_DEFAULT);
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        assert_true(H5Ldelete(file, names[k], H5P_DEFAULT) >= 0);
    }
    assert_true(H5Adelete(file, ATTRIBUTE_VERSION) >= 0);
    assert_ok(&fixture->error, hdf_write_attribute(file, ATTRIBUTE_VERSION, HDF_INT64, 1, &version,
                                                   &fixture->error));
    assert_true(H5Fclose(file) >= 0);
}

static void test_older_files_are_read_and_reused_but_not_resumed(void **state) {
    struct fixture *older = *state;
    struct fixture newer;
    struct run_note notes[RUN_SLOTS];
    struct results_reader *reader;
    size_t runs = 1;
    int64_t copied = 0;
    uint8_t states[JOBS] = {0};
    fixture_write(older, (int64_t[]){2, 3}, 2, ROW_DONE);
    make_older(older);
    assert_int_equal(state_of(older, 2), ROW_DONE);
    assert_ok(&older->error, reader_open(older->path, &reader, &older->error));
    assert_ok(&older->error, runs_read(reader->file, reader->version, notes, &runs, &older->error));
    reader_release(&reader);
    assert_int_equal(runs, 0);
    assert_int_equal(
        results_match(older->path, &older->sweep, &older->shard, &older->layout, &older->error),
        STATUS_BAD_INPUT);
    assert_message(&older->error, "has an older format, which runs cannot resume");
    assert_message(&older->error, "--reuse");

    fixture_start(&newer, JOBS, 1);
    fixture_create(&newer);
    assert_ok(&newer.error, results_reuse(newer.path, older->path, &newer.layout, NO_RUN, states,
                                          &copied, &newer.error));
    assert_int_equal(copied, 2);
    fixture_end(&newer);
}

static int setup(void **state) {
    static struct fixture fixture;
    fixture_start(&fixture, JOBS, 1);
    fixture_create(&fixture);
    *state = &fixture;
    return 0;
}

static int teardown(void **state) {
    fixture_end(*state);
    return 0;
}

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_every_run_takes_the_next_number, setup, teardown),
        cmocka_unit_test_setup_teardown(test_rows_carry_the_number_of_their_run, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_run_that_was_taken_over_writes_no_more, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_older_files_are_read_and_reused_but_not_resumed, setup,
                                        teardown),
    };
    if (MPI_Init(&argc, &argv) != MPI_SUCCESS) {
        return EXIT_FAILURE;
    }
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    return MPI_Finalize() == MPI_SUCCESS ? failed : EXIT_FAILURE;
}
