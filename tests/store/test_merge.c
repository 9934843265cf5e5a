#include "merging.h"

#include <fcntl.h>
#include <sys/stat.h>

static void assert_column(struct set *set, const char *name, enum hdf_storage storage,
                          size_t row_bytes, const char *expected_path) {
    struct results_reader *reader = open_output(set);
    struct results_reader *expected;
    SCOPED(arena_free) struct arena arena = {0};
    struct error *error = &set->error;
    unsigned char *values;
    unsigned char *wanted;
    const size_t bytes = (size_t)reader->job_count * row_bytes;
    assert_ok(&set->error, ARENA_NEW(&arena, values, bytes, error));
    assert_ok(&set->error, ARENA_NEW(&arena, wanted, bytes, error));
    assert_ok(&set->error, reader_open(expected_path, &expected, error));
    assert_int_equal(reader->job_count, expected->job_count);
    assert_ok(&set->error,
              reader_column(reader, name, storage, 0, reader->job_count, values, error));
    assert_ok(&set->error,
              reader_column(expected, name, storage, 0, reader->job_count, wanted, error));
    if (memcmp(values, wanted, bytes) != 0) {
        fail_msg("%s differs", name);
    }
    reader_release(&expected);
    reader_release(&reader);
}

/* Every variable of a fixture but parts and runs. */
static void assert_same_file(struct set *set, const char *path) {
    assert_column(set, "job", HDF_INT64, 8, path);
    assert_column(set, "train.learning_rate", HDF_FLOAT64, 8, path);
    assert_column(set, "network.hidden", HDF_INT64, 8, path);
    assert_column(set, "data.change", HDF_LETTER, 6, path);
    assert_column(set, "replicate", HDF_INT64, 8, path);
    assert_column(set, "hash", HDF_UINT64, 16, path);
    assert_column(set, "loss", HDF_FLOAT64, 8, path);
    assert_column(set, "r2", HDF_FLOAT64, 48, path);
    assert_column(set, "weights", HDF_FLOAT32, 12, path);
    assert_column(set, "best_step", HDF_INT64, 8, path);
    assert_column(set, "state", HDF_UINT8, 1, path);
    assert_column(set, "attempts", HDF_UINT8, 1, path);
    assert_column(set, "steps", HDF_INT64, 8, path);
    assert_column(set, "seconds", HDF_FLOAT64, 8, path);
    assert_column(set, "checksum", HDF_UINT64, 8, path);
}

static void test_shards_become_the_whole(void **state) {
    (void)state;
    struct set set = {0};
    struct fixture whole;
    for (int64_t k = 0; k < 4; k++) {
        struct fixture *file = add(&set, 3);
        file->shard = (struct shard){.index = (k + 2) % 4, .count = 4, .jobs = JOBS};
        fixture_create(file);
        write_all(file);
    }
    fixture_start(&whole, JOBS, 3);
    fixture_create(&whole);
    write_all(&whole);
    merge(&set);
    assert_int_equal(set.summary.done, JOBS);
    assert_int_equal(set.summary.missing, 0);
    assert_same_file(&set, whole.path);
    struct results_reader *reader = open_output(&set);
    assert_true(H5Aexists_by_name(reader->file, "network.hidden", "_FillValue", H5P_DEFAULT) > 0);
    reader_release(&reader);
    /* Runs continue it. */
    assert_ok(&whole.error,
              results_match(set.output, &whole.sweep, &whole.shard, &whole.layout, &whole.error));
    fixture_end(&whole);
    end(&set);
}

/* What no shard tells, the sweep does. */
static void test_rows_of_missing_shards_stay_missing(void **state) {
    (void)state;
    struct set set = {0};
    struct fixture whole;
    struct fixture *file = add(&set, 3);
    file->shard = (struct shard){.index = 1, .count = 3, .jobs = JOBS};
    fixture_create(file);
    write_all(file);
    fixture_start(&whole, JOBS, 3);
    fixture_create(&whole);
    for (int64_t row = 0; row < shard_rows(&file->shard); row++) {
        const int64_t job = shard_job(&file->shard, row);
        fixture_write(&whole, &job, 1, ROW_DONE);
    }
    struct merge *merge;
    size_t count;
    const char *path = file->path;
    assert_ok(&set.error, merge_open(set.output, &path, 1, &merge, &set.error));
    const struct merge_sweep *wanted = merge_sweeps(merge, &count);
    assert_int_equal(count, 1);
    assert_string_equal(wanted->missing, "1/3, 3/3");
    assert_string_equal(wanted->text, "name: test\n");
    merge_release(&merge);
    assert_ok(&set.error, merge_with(&set, &whole.sweep));
    assert_int_equal(set.summary.missing, JOBS - shard_rows(&file->shard));
    assert_same_file(&set, whole.path);
    fixture_end(&whole);
    end(&set);
}

static void raise_attempts(struct fixture *file, int64_t row, uint8_t value) {
    uint8_t attempts[JOBS];
    off_t place;
    assert_ok(&file->error, results_attempts(file->path, attempts, &place, &file->error));
    int descriptor = open(file->path, O_WRONLY);
    assert_int_equal(pwrite(descriptor, &value, 1, place + row), 1);
    assert_int_equal(close(descriptor), 0);
}

static void test_partial_runs_add_up(void **state) {
    (void)state;
    static const int64_t first[] = {0, 1, 2, 9};
    static const int64_t second[] = {2, 9, 10};
    static const int64_t diverged[] = {11};
    static const int64_t all[] = {0, 1, 2, 9, 10};
    struct set set = {0};
    struct fixture whole;
    fixture_start(&whole, JOBS, 3);
    fixture_create(&whole);
    fixture_create(add(&set, 3));
    fixture_create(add(&set, 3));
    fixture_write(&set.files[0], first, 4, ROW_DONE);
    fixture_write(&set.files[1], second, 3, ROW_DONE);
    fixture_write(&set.files[1], diverged, 1, ROW_DIVERGED);
    raise_attempts(&set.files[0], 20, 1);
    raise_attempts(&set.files[1], 20, 2);
    raise_attempts(&set.files[0], 21, 1);
    fixture_write(&whole, all, 5, ROW_DONE);
    fixture_write(&whole, diverged, 1, ROW_DIVERGED);
    raise_attempts(&whole, 20, 2);
    raise_attempts(&whole, 21, 1);
    merge(&set);
    assert_int_equal(set.summary.done, 5);
    assert_int_equal(set.summary.diverged, 1);
    assert_int_equal(set.summary.missing, JOBS - 6);
    assert_same_file(&set, whole.path);
    fixture_end(&whole);
    end(&set);
}

/* Jobs of two sweeps, each once: first those of the first. */
static void test_different_sweeps_are_united(void **state) {
    (void)state;
    struct set set = {0};
    double rates[UNION];
    int64_t widths[UNION];
    char changes[UNION][6];
    uint64_t hashes[UNION][2];
    double r2[UNION][2][5];
    double extra[UNION];
    uint8_t states[UNION];
    int64_t torn;
    fixture_create(add(&set, 3));
    write_all(&set.files[0]);
    struct fixture *second = add(&set, 5);
    second->sweep.seed = SHIFT;
    second->sweep.fingerprint++;
    second->sweep.name = "other";
    (void)fixture_add(second, VARIABLE_FLOAT64, "extra", 0, NULL);
    second->sweep.column_count = 2; /* without data.change */
    fixture_create(second);
    static const int64_t jobs[] = {10, 12, 29}; /* hashes 30, 32, 49: none of the first file's */
    fixture_write(second, jobs, 3, ROW_DONE);
    merge(&set);
    assert_int_equal(set.summary.sweeps, 2);
    assert_int_equal(set.summary.jobs, UNION);
    assert_int_equal(set.summary.done, JOBS + 3);
    struct results_reader *reader = open_output(&set);
    struct error *error = &set.error;
    assert_int_equal(reader->job_count, UNION);
    assert_string_equal(reader->name, "test + other");
    assert_ok(&set.error,
              reader_column(reader, "train.learning_rate", HDF_FLOAT64, 0, UNION, rates, error));
    assert_ok(&set.error,
              reader_column(reader, "network.hidden", HDF_INT64, 0, UNION, widths, error));
    assert_ok(&set.error,
              reader_column(reader, "data.change", HDF_LETTER, 0, UNION, changes, error));
    assert_ok(&set.error, reader_column(reader, "hash", HDF_UINT64, 0, UNION, hashes, error));
    assert_ok(&set.error, reader_column(reader, "r2", HDF_FLOAT64, 0, UNION, r2, error));
    assert_ok(&set.error, reader_column(reader, "extra", HDF_FLOAT64, 0, UNION, extra, error));
    assert_ok(&set.error, states_read(reader, states, &torn, error));
    assert_int_equal(torn, 0);
    for (int64_t row = 0; row < UNION; row++) {
        bool is_first = row < JOBS;
        int64_t job = is_first ? row : row - SHIFT;
        int64_t cell = job / 2;
        bool done = is_first || job == 10 || job == 12 || job == 29;
        assert_int_equal(hashes[row][1], row);
        assert_true(rates[row] == pow(0.5, (double)cell));
        assert_true(widths[row] == (cell % 3 == 2 ? INT64_MIN : 3 + cell));
        assert_int_equal(changes[row][0] != '\0', is_first);
        assert_int_equal(states[row], done ? ROW_DONE : ROW_MISSING);
        assert_true(done ? r2[row][1][2] == fixture_value(job, 1, is_first ? 5 : 7)
                         : isnan(r2[row][1][2]));
        assert_int_equal(!isnan(r2[row][1][4]), done && !is_first);
        assert_int_equal(!isnan(extra[row]), done && !is_first);
    }
    reader_release(&reader);
    /* Runs do not continue it. */
    assert_int_equal(results_match(set.output, &set.files[0].sweep, &set.files[0].shard,
                                   &set.files[0].layout, &set.error),
                     STATUS_BAD_INPUT);
    assert_message(&set.error, "2 merged sweeps");
    end(&set);
}

static void test_never_into_itself(void **state) {
    (void)state;
    struct set set = {0};
    char link[PATH_BYTES];
    fixture_create(add(&set, 3));
    assert_true(snprintf(link, sizeof link, "%s", set.output) > 0);
    const char *path = set.files[0].path;
    struct merge *merge;
    assert_int_equal(merge_open(path, &path, 1, &merge, &set.error), STATUS_BAD_INPUT);
    assert_message(&set.error, "into itself");
    assert_int_equal(symlink(path, link), 0);
    assert_int_equal(merge_open(link, &path, 1, &merge, &set.error), STATUS_BAD_INPUT);
    assert_message(&set.error, "into itself");
    assert_int_equal(unlink(link), 0);
    assert_int_equal(linkat(AT_FDCWD, path, AT_FDCWD, link, 0), 0);
    assert_int_equal(merge_open(link, &path, 1, &merge, &set.error), STATUS_BAD_INPUT);
    assert_message(&set.error, "into itself");
    assert_int_equal(unlink(link), 0);
    assert_int_equal(symlink("nowhere", link), 0);
    assert_int_equal(merge_open(link, &path, 1, &merge, &set.error), STATUS_BAD_INPUT);
    assert_message(&set.error, "exists already");
    end(&set);
}

static void test_a_file_given_twice_is_read_once(void **state) {
    (void)state;
    static const int64_t job[] = {5};
    struct set set = {0};
    fixture_create(add(&set, 3));
    fixture_write(&set.files[0], job, 1, ROW_DONE);
    const char *paths[] = {set.files[0].path, set.files[0].path};
    struct merge *merge;
    assert_ok(&set.error, merge_open(set.output, paths, 2, &merge, &set.error));
    assert_ok(&set.error, merge_write(merge, (const struct sweep *[]){NULL},
                                      (struct merge_progress){0}, &set.summary, &set.error));
    assert_int_equal(set.summary.input_count, 1);
    assert_int_equal(set.summary.same_count, 1);
    assert_int_equal(set.summary.inputs[0].taken, 1);
    assert_int_equal(set.summary.inputs[0].repeated, 0);
    merge_release(&merge);
    end(&set);
}

/* A grid may hold a job twice; by hash, that is one row. */
static void test_jobs_twice_in_a_grid(void **state) {
    (void)state;
    static const int64_t jobs[] = {0, 7};
    struct set set = {0};
    struct fixture *first = add(&set, 3);
    first->sweep.case_count = 10; /* jobs 0…9 three times */
    fixture_create(first);
    fixture_write(first, jobs, 2, ROW_DONE);
    struct fixture *second = add(&set, 3);
    second->sweep.fingerprint++;
    fixture_create(second);
    merge(&set);
    assert_int_equal(set.summary.jobs, JOBS);
    assert_int_equal(set.summary.done, 2);
    end(&set);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_shards_become_the_whole),
    cmocka_unit_test(test_rows_of_missing_shards_stay_missing),
    cmocka_unit_test(test_partial_runs_add_up),
    cmocka_unit_test(test_different_sweeps_are_united),
    cmocka_unit_test(test_never_into_itself),
    cmocka_unit_test(test_a_file_given_twice_is_read_once),
    cmocka_unit_test(test_jobs_twice_in_a_grid),
};

RUN_WITH_MPI(tests)
