#include "fixture.h"

#include <fcntl.h>
#include <hdf5.h>

enum { JOBS = 12 };

static enum status match(struct fixture *fixture) {
    return results_match(fixture->path, &fixture->sweep, &fixture->shard, &fixture->layout,
                         &fixture->error);
}

static void test_its_own_file(void **state) {
    (void)state;
    struct fixture fixture;
    fixture_start(&fixture, JOBS, 3);
    fixture_create(&fixture);
    assert_ok(&fixture.error, match(&fixture));
    fixture_end(&fixture);
}

static void assert_differs(struct fixture *fixture, const char *text) {
    assert_int_equal(match(fixture), STATUS_BAD_INPUT);
    assert_message(&fixture->error, fixture->path);
    assert_message(&fixture->error, text);
    assert_message(&fixture->error, "--reuse");
}

static void test_names_what_differs(void **state) {
    (void)state;
    struct fixture fixture;
    fixture_start(&fixture, JOBS, 3);
    fixture_create(&fixture);
    fixture.sweep.fingerprint++;
    assert_differs(&fixture, "other values");
    fixture.sweep.fingerprint--;
    fixture.sweep.job_count = 14;
    assert_differs(&fixture, "12 jobs where this sweep has 14");
    fixture.sweep.job_count = JOBS;
    fixture.sweep.column_count = 2;
    assert_differs(&fixture, "the additional axis data.change");
    fixture.sweep.column_count = FIXTURE_COLUMNS;
    fixture_columns[0].key = "train.steps";
    assert_differs(&fixture, "no axis train.steps");
    fixture_columns[0].key = "train.learning_rate";
    fixture.layout.variable_count--;
    assert_differs(&fixture, "the additional variable best_step");
    fixture.layout.variable_count++;
    fixture.layout.variables[1].extents[1].length++;
    assert_differs(&fixture, "shape of variable r2");
    fixture.layout.variables[1].extents[1].length--;
    fixture.layout.variables[2].type = VARIABLE_FLOAT64;
    assert_differs(&fixture, "shape of variable weights");
    fixture.layout.variables[2].type = VARIABLE_FLOAT32;
    (void)fixture_add(&fixture, VARIABLE_FLOAT64, "cinfom", 0, NULL);
    assert_differs(&fixture, "no variable cinfom");
    fixture_end(&fixture);
}

static void assert_refused(struct fixture *fixture, enum status status, const char *text) {
    assert_int_equal(match(fixture), status);
    assert_message(&fixture->error, fixture->path);
    assert_message(&fixture->error, text);
}

static void write_bytes(const char *path, const char *bytes, size_t count) {
    int descriptor = open(path, O_CREAT | O_WRONLY | O_TRUNC, 0600);
    assert_int_equal(write(descriptor, bytes, count), count);
    assert_int_equal(close(descriptor), 0);
}

static void test_says_what_the_file_is_instead(void **state) {
    (void)state;
    struct fixture fixture;
    fixture_start(&fixture, JOBS, 3);
    assert_refused(&fixture, STATUS_BAD_INPUT, "No such file");
    write_bytes(fixture.path, "", 0);
    assert_refused(&fixture, STATUS_BAD_INPUT, "empty");
    write_bytes(fixture.path, "name: quickstart\n", 17);
    assert_refused(&fixture, STATUS_BAD_INPUT, "not an HDF5 file");
    hid_t file = H5Fcreate(fixture.path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    assert_true(file >= 0 && H5Fclose(file) >= 0);
    assert_refused(&fixture, STATUS_BAD_INPUT, "not a results file of modsweep");
    assert_int_equal(unlink(fixture.path), 0);
    fixture_create(&fixture);
    assert_int_equal(truncate(fixture.path, 4000), 0);
    assert_refused(&fixture, STATUS_STORAGE, "truncated");
    (void)snprintf(fixture.path, sizeof fixture.path, "%s", fixture.folder);
    assert_refused(&fixture, STATUS_BAD_INPUT, "is a folder");
    fixture_end(&fixture);
}

static void test_tells_shards_apart(void **state) {
    (void)state;
    struct fixture fixture;
    fixture_start(&fixture, JOBS, 3);
    fixture.shard = (struct shard){.index = 1, .count = 3, .jobs = JOBS};
    fixture_create(&fixture);
    assert_ok(&fixture.error, match(&fixture));
    fixture.shard.index = 2;
    assert_refused(&fixture, STATUS_BAD_INPUT, "holds shard 2/3, not shard 3/3");
    fixture.shard = (struct shard){.index = 1, .count = 4, .jobs = JOBS};
    assert_refused(&fixture, STATUS_BAD_INPUT, "holds shard 2/3, not shard 2/4");
    fixture.shard = shard_whole(JOBS);
    assert_refused(&fixture, STATUS_BAD_INPUT, "holds shard 2/3, not the whole sweep");
    fixture_end(&fixture);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_its_own_file),
    cmocka_unit_test(test_tells_shards_apart),
    cmocka_unit_test(test_names_what_differs),
    cmocka_unit_test(test_says_what_the_file_is_instead),
};

RUN_WITH_MPI(tests)
