/* The weights that training starts from: drawn by the network, or read from a file. */
#include "check.h"
#include "solver/initial.h"
#include "solver/trial.h"

#include <hdf5.h>
#include <hdf5_hl.h>

enum {
    SOURCES = 2,
    HIDDEN_UNITS = 3,
    NUMBERS = 2 * SOURCES * HIDDEN_UNITS + HIDDEN_UNITS + SOURCES
};

/* A group of tensors in the file; W2, b1 and b2 always fit. */
struct group {
    const char *name;
    hsize_t w1[2];
    bool with_b2;
};

static const struct group groups[] = {
    {"/net/trained", {HIDDEN_UNITS, SOURCES}, true},
    {"/transposed", {SOURCES, HIDDEN_UNITS}, true},
    {"/taller", {HIDDEN_UNITS + 1, SOURCES}, true},
    {"/partial", {HIDDEN_UNITS, SOURCES}, false},
};

/* Numbers 0, 1, 2, … as the tensors of a group that fits, W1, b1, W2, b2. */
static void write_group(hid_t h5, const struct group *group) {
    const hsize_t b1[] = {HIDDEN_UNITS};
    const hsize_t w2[] = {SOURCES, HIDDEN_UNITS};
    const hsize_t b2[] = {SOURCES, 1};
    const hid_t type = H5T_NATIVE_DOUBLE;
    const double *next;
    double numbers[NUMBERS];
    for (size_t k = 0; k < NUMBERS; k++) {
        numbers[k] = (double)k;
    }
    hid_t parents = H5Pcreate(H5P_LINK_CREATE);
    assert_true(H5Pset_create_intermediate_group(parents, 1) >= 0);
    hid_t place = H5Gcreate2(h5, group->name, parents, H5P_DEFAULT, H5P_DEFAULT);
    assert_true(H5LTmake_dataset(place, "W1", 2, group->w1, type, numbers) >= 0);
    next = numbers + (size_t)HIDDEN_UNITS * SOURCES;
    assert_true(H5LTmake_dataset(place, "b1", 1, b1, type, next) >= 0);
    next += HIDDEN_UNITS;
    assert_true(H5LTmake_dataset(place, "W2", 2, w2, type, next) >= 0);
    next += (size_t)HIDDEN_UNITS * SOURCES;
    assert_true(!group->with_b2 || H5LTmake_dataset(place, "b2", 2, b2, type, next) >= 0);
    assert_true(H5Gclose(place) >= 0);
    assert_true(H5Pclose(parents) >= 0);
}

static struct scratch_file write_weights(void) {
    struct scratch_file file = scratch_name(".h5");
    hid_t h5 = H5Fcreate(file.path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    for (size_t k = 0; k < sizeof groups / sizeof groups[0]; k++) {
        write_group(h5, &groups[k]);
    }
    assert_true(H5Fclose(h5) >= 0);
    return file;
}

/* initial_weights of a trial whose weights are to come from `group` of the file. */
static enum status read_group(const char *path, const char *group, double weights[NUMBERS],
                              struct error *error) {
    SCOPED(arena_free) struct arena arena = {0};
    struct trial trial = trial_make(4, SOURCES, HIDDEN_UNITS, &arena);
    assert_int_equal(trial.shape.parameter_count, NUMBERS);
    trial.job.train.initial = (struct file_reference){.path = path, .dataset = group};
    enum status status = initial_weights(&trial.job, &trial.shape, &arena, weights, error);
    return status;
}

static void expect_refusal(const char *path, const char *group, const char *said) {
    struct error error = {0};
    double weights[NUMBERS];
    assert_int_equal(read_group(path, group, weights, &error), STATUS_BAD_INPUT);
    if (strstr(error.message, said) == NULL || strstr(error.message, path) == NULL) {
        fail_msg("'%s' names not both '%s' and '%s'", error.message, path, said);
    }
}

static void test_weights_come_from_a_file(void **state) {
    (void)state;
    struct scratch_file file = write_weights();
    struct error error = {0};
    double weights[NUMBERS];
    assert_ok(&error, read_group(file.path, "/net/trained", weights, &error));
    for (size_t k = 0; k < NUMBERS; k++) {
        assert_true(weights[k] == (double)k);
    }
    scratch_remove(&file);
}

static void test_wrong_files_are_refused(void **state) {
    (void)state;
    struct scratch_file file = write_weights();
    struct scratch_file table = scratch_bytes(".csv", "1,2\n3,4\n", 8);
    expect_refusal(file.path, "/transposed",
                   "W1 has 2 rows and 3 columns; this network needs 3 and 2");
    expect_refusal(file.path, "/taller", "W1 has 4 rows and 2 columns; this network needs 3 and 2");
    expect_refusal(file.path, "/partial", "/partial/b2");
    expect_refusal(file.path, "/nowhere", "/nowhere/W1");
    expect_refusal(file.path, "", "expected FILE.h5:/group");
    expect_refusal(table.path, "", "expected FILE.h5:/group");
    expect_refusal(table.path, "/net", "HDF5");
    expect_refusal("/no/such/file.h5", "/net", "");
    scratch_remove(&table);
    scratch_remove(&file);
}

/* The same numbers for the same hash, others for another; no file is opened. */
static void test_random_weights_follow_from_the_hash(void **state) {
    (void)state;
    struct error error = {0};
    SCOPED(arena_free) struct arena arena = {0};
    struct trial trial = trial_make(4, SOURCES, HIDDEN_UNITS, &arena);
    double weights[3][NUMBERS];
    trial_set_real(&trial, "gain", 1.0);
    for (size_t k = 0; k < 3; k++) {
        trial.job.train.initial =
            (struct file_reference){.path = k == 0 ? NULL : "", .dataset = ""};
        trial.job.hash.words[0] = k / 2;
        assert_ok(&error, initial_weights(&trial.job, &trial.shape, &arena, weights[k], &error));
    }
    assert_memory_equal(weights[0], weights[1], sizeof weights[0]);
    assert_memory_not_equal(weights[0], weights[2], sizeof weights[0]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_weights_come_from_a_file),
        cmocka_unit_test(test_wrong_files_are_refused),
        cmocka_unit_test(test_random_weights_follow_from_the_hash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
