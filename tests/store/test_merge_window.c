#include "merging.h"

#include <fcntl.h>

static void test_contradictions_are_refused(void **state) {
    (void)state;
    struct set set = {0};
    fixture_create(add(&set, 3));
    fixture_create(add(&set, 3));
    write_all(&set.files[0]);
    write_all(&set.files[1]);
    fixture_write_other(&set.files[1], 17, 1, 0.125);
    assert_refused(&set, "row 17 (job 17) of the first and row 17 (job 17) of the second");
    assert_message(&set.error, "differ in r2;");
    assert_message(&set.error, set.files[0].path);
    assert_message(&set.error, set.files[1].path);
    end(&set);
}

/* By hash, of a file that has the job in another row; what one file lacks is no difference. */
static void test_contradictions_are_found_by_hash(void **state) {
    (void)state;
    static const int64_t jobs[] = {3, 4};
    struct set set = {0};
    fixture_create(add(&set, 3));
    write_all(&set.files[0]);
    struct fixture *second = add(&set, 3);
    (void)fixture_add(second, VARIABLE_FLOAT64, "extra", 0, NULL);
    second->sweep.seed = SHIFT;
    second->sweep.fingerprint++;
    fixture_create(second);
    fixture_write(second, jobs, 2, ROW_DONE); /* of hashes 23 and 24, with other losses and steps */
    assert_refused(&set, "row 23 (job 23) of the first and row 3 (job 3) of the second");
    assert_message(&set.error, "differ in steps, loss, r2, weights, best_step;");
    end(&set);
}

static void test_states_that_contradict(void **state) {
    (void)state;
    static const int64_t job[] = {5};
    struct set set = {0};
    fixture_create(add(&set, 3));
    fixture_create(add(&set, 3));
    fixture_write(&set.files[0], job, 1, ROW_DONE);
    fixture_write(&set.files[1], job, 1, ROW_DIVERGED);
    assert_refused(&set, "differ in state;");
    end(&set);
}

/* A NaN is a NaN, whatever its bits. */
static void test_bits_of_nan_are_no_contradiction(void **state) {
    (void)state;
    struct set set = {0};
    fixture_create(add(&set, 3));
    fixture_create(add(&set, 3));
    fixture_write_other(&set.files[0], 2, 0, (double)NAN);
    fixture_write_other(&set.files[1], 2, 0, -(double)NAN);
    merge(&set);
    assert_int_equal(set.summary.done, 1);
    end(&set);
}

/* Given up on one machine, done on another: in either order of the files. */
static void test_given_up_rows_give_way(void **state) {
    (void)state;
    static const int64_t up[] = {1, 2, 3};
    static const int64_t done[] = {2};
    static const int64_t diverged[] = {3};
    uint8_t states[JOBS];
    int64_t torn;
    for (size_t turn = 0; turn < 2; turn++) {
        struct set set = {0};
        fixture_create(add(&set, 3));
        fixture_create(add(&set, 3));
        fixture_write(&set.files[turn], up, 3, ROW_QUARANTINED);
        fixture_write(&set.files[1 - turn], done, 1, ROW_DONE);
        fixture_write(&set.files[1 - turn], diverged, 1, ROW_DIVERGED);
        merge(&set);
        struct results_reader *reader = open_output(&set);
        assert_ok(&set.error, states_read(reader, states, &torn, &set.error));
        assert_int_equal(torn, 0);
        assert_int_equal(states[1], ROW_QUARANTINED);
        assert_int_equal(states[2], ROW_DONE);
        assert_int_equal(states[3], ROW_DIVERGED);
        assert_int_equal(set.summary.quarantined, 1);
        assert_int_equal(set.summary.done, 1);
        assert_int_equal(set.summary.diverged, 1);
        reader_release(&reader);
        end(&set);
    }
}

static void test_torn_rows_are_missing(void **state) {
    (void)state;
    static const int64_t jobs[] = {4, 5};
    struct set set = {0};
    struct results_reader *reader;
    hid_t dataset;
    const double other = 77;
    fixture_create(add(&set, 3));
    struct fixture *file = &set.files[0];
    fixture_write(file, jobs, 2, ROW_DONE);
    assert_ok(&file->error, reader_open(file->path, &reader, &file->error));
    assert_ok(&file->error, hdf_open_dataset(reader->file, "loss", &dataset, &file->error));
    off_t place = (off_t)H5Dget_offset(dataset);
    hdf_release(&dataset);
    reader_release(&reader);
    int descriptor = open(file->path, O_WRONLY);
    assert_int_equal(pwrite(descriptor, &other, sizeof other, place + 5 * (off_t)sizeof other),
                     sizeof other);
    assert_int_equal(close(descriptor), 0);
    merge(&set);
    assert_int_equal(set.summary.done, 1);
    assert_int_equal(set.summary.missing, JOBS - 1);
    end(&set);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_contradictions_are_refused),
    cmocka_unit_test(test_contradictions_are_found_by_hash),
    cmocka_unit_test(test_states_that_contradict),
    cmocka_unit_test(test_bits_of_nan_are_no_contradiction),
    cmocka_unit_test(test_given_up_rows_give_way),
    cmocka_unit_test(test_torn_rows_are_missing),
};

RUN_WITH_MPI(tests)
