/* The weights that training starts from: drawn by the network, or read from a file. */
#include "data/files.h"
#include "solver/initial.h"
#include "solver/trial.h"

#include <hdf5.h>
#include <hdf5_hl.h>

enum {
    SOURCES = 2,
    HIDDEN_UNITS = 3,
    NUMBERS = 2 * SOURCES * HIDDEN_UNITS + HIDDEN_UNITS + SOURCES
};

/* Numbers 0, 1, 2, … as the tensors of groups: one that fits, and some that do not. */
static struct scratch_file write_weights(void) {
    struct scratch_file file = scratch_name(".h5");
    const hsize_t w1[] = {HIDDEN_UNITS, SOURCES};
    const hsize_t b1[] = {HIDDEN_UNITS};
    const hsize_t w2[] = {SOURCES, HIDDEN_UNITS};
    const hsize_t b2[] = {SOURCES, 1};
    double numbers[NUMBERS];
    for (size_t k = 0; k < NUMBERS; k++) {
        numbers[k] = (double)k;
    }
    hid_t h5 = H5Fcreate(file.path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    hid_t type = H5T_NATIVE_DOUBLE;
    hid_t groups = H5Pcreate(H5P_LINK_CREATE);
    assert_true(H5Pset_create_intermediate_group(groups, 1) >= 0);
    static const char *const names[] = {"/net/trained", "/transposed", "/partial"};
    for (size_t k = 0; k < sizeof names / sizeof names[0]; k++) {
        hid_t group = H5Gcreate2(h5, names[k], groups, H5P_DEFAULT, H5P_DEFAULT);
        bool transposed = k == 1;
        bool whole = k != 2;
        assert_true(H5LTmake_dataset(group, "W1", 2, transposed ? w2 : w1, type, numbers) >= 0);
        assert_true(H5LTmake_dataset(group, "b1", 1, b1, type, numbers + 6) >= 0);
        assert_true(H5LTmake_dataset(group, "W2", 2, w2, type, numbers + 9) >= 0);
        assert_true(!whole || H5LTmake_dataset(group, "b2", 2, b2, type, numbers + 15) >= 0);
        assert_true(H5Gclose(group) >= 0);
    }
    assert_true(H5Pclose(groups) >= 0);
    assert_true(H5Fclose(h5) >= 0);
    return file;
}

/* initial_weights of a trial whose weights are to come from `group` of the file. */
static enum status read_group(const char *path, const char *group, double weights[NUMBERS],
                              struct error *error) {
    struct arena arena = {0};
    struct trial trial = trial_make(4, SOURCES, HIDDEN_UNITS, &arena);
    assert_int_equal(trial.shape.parameter_count, NUMBERS);
    trial.job.train.initial = (struct file_reference){path, group};
    enum status status = initial_weights(&trial.job, &trial.shape, &arena, weights, error);
    arena_free(&arena);
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
    assert_int_equal(read_group(file.path, "/net/trained", weights, &error), STATUS_OK);
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
    expect_refusal(file.path, "/partial", "/partial/b2");
    expect_refusal(file.path, "/nowhere", "/nowhere/W1");
    expect_refusal(file.path, "", "expected FILE.h5:/group");
    expect_refusal(table.path, "", "expected FILE.h5:/group");
    expect_refusal(table.path, "/net", "HDF5");
    expect_refusal("/no/such/file.h5", "/net", "");
    scratch_remove(&table);
    scratch_remove(&file);
}

/* The same numbers for the same hash, others for another; no file is looked for. */
static void test_random_weights_follow_from_the_hash(void **state) {
    (void)state;
    struct error error = {0};
    struct arena arena = {0};
    struct trial trial = trial_make(4, SOURCES, HIDDEN_UNITS, &arena);
    double weights[3][NUMBERS];
    double gain = 1.0;
    const struct component *network = &trial.job.network->component;
    for (size_t k = 0; k < network->parameter_count; k++) {
        if (strcmp(network->parameters[k].name, "gain") == 0) {
            memcpy(trial.job.network_settings.bytes + network->parameters[k].offset, &gain,
                   sizeof gain);
        }
    }
    for (size_t k = 0; k < 3; k++) {
        trial.job.train.initial = (struct file_reference){k == 0 ? NULL : "", ""};
        trial.job.hash.words[0] = k / 2;
        assert_int_equal(initial_weights(&trial.job, &trial.shape, &arena, weights[k], &error),
                         STATUS_OK);
    }
    assert_memory_equal(weights[0], weights[1], sizeof weights[0]);
    assert_memory_not_equal(weights[0], weights[2], sizeof weights[0]);
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_weights_come_from_a_file),
        cmocka_unit_test(test_wrong_files_are_refused),
        cmocka_unit_test(test_random_weights_follow_from_the_hash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
