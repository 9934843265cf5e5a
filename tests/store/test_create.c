#include "fixture.h"

#include "store/reader.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

enum { JOBS = 12 };

static int files_in(const char *folder) {
    DIR *directory = opendir(folder);
    int count = 0;
    assert_non_null(directory);
    for (const struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        count += entry->d_name[0] != '.';
    }
    assert_int_equal(closedir(directory), 0);
    return count;
}

static void test_columns_read_back(void **state) {
    (void)state;
    struct fixture fixture;
    struct results_reader *reader;
    double rates[JOBS];
    int64_t widths[JOBS];
    int64_t replicates[JOBS];
    int64_t indices[JOBS];
    uint64_t hashes[JOBS][2];
    char changes[JOBS][6];
    fixture_start(&fixture, JOBS, 3);
    fixture.sweep.seed = 5;
    fixture_create(&fixture);
    assert_int_equal(files_in(fixture.folder), 1);
    assert_ok(&fixture.error, reader_open(fixture.path, &reader, &fixture.error));
    struct error *error = &fixture.error;
    assert_ok(&fixture.error,
              reader_column(reader, "train.learning_rate", HDF_FLOAT64, 0, JOBS, rates, error));
    assert_ok(&fixture.error,
              reader_column(reader, "network.hidden", HDF_INT64, 0, JOBS, widths, error));
    assert_ok(&fixture.error,
              reader_column(reader, "data.change", HDF_LETTER, 0, JOBS, changes, error));
    assert_ok(&fixture.error,
              reader_column(reader, "replicate", HDF_INT64, 0, JOBS, replicates, error));
    assert_ok(&fixture.error, reader_column(reader, "job", HDF_INT64, 0, JOBS, indices, error));
    assert_ok(&fixture.error, reader_column(reader, "hash", HDF_UINT64, 0, JOBS, hashes, error));
    for (int64_t i = 0; i < JOBS; i++) {
        int64_t cell = i / 2;
        assert_true(rates[i] == pow(0.5, (double)cell));
        assert_true(widths[i] == (cell % 3 == 2 ? INT64_MIN : 3 + cell));
        assert_memory_equal(changes[i], cell % 2 == 0 ? "corner" : "grün\0", 6);
        assert_int_equal(replicates[i], i % 2);
        assert_int_equal(indices[i], i);
        assert_int_equal(hashes[i][1], i + 5);
    }
    assert_string_equal(reader->name, "test");
    assert_true(reader->fingerprint == fixture.sweep.fingerprint);
    reader_release(&reader);
    fixture_end(&fixture);
}

/* More rows than one slab of columns, and a text of more than an object header holds. */
static void test_large_sweeps(void **state) {
    (void)state;
    enum { MANY_JOBS = 40000, LONG_TEXT = 200000 };
    struct fixture fixture;
    struct results_reader *reader;
    const char *yaml;
    double rates[2];
    fixture_start(&fixture, MANY_JOBS, 3);
    char *text = malloc(LONG_TEXT + 1);
    assert_non_null(text);
    memset(text, 'x', LONG_TEXT);
    text[LONG_TEXT] = '\0';
    fixture.sweep.text = text;
    fixture_create(&fixture);
    assert_ok(&fixture.error, reader_open(fixture.path, &reader, &fixture.error));
    assert_ok(&fixture.error,
              hdf_read_text(reader->file, "sweep_yaml", &fixture.arena, &yaml, &fixture.error));
    assert_string_equal(yaml, text);
    uint64_t last[2];
    assert_ok(&fixture.error,
              reader_column(reader, "hash", HDF_UINT64, MANY_JOBS - 1, 1, last, &fixture.error));
    assert_int_equal(last[1], MANY_JOBS - 1);
    assert_ok(&fixture.error, reader_column(reader, "train.learning_rate", HDF_FLOAT64, 16383, 2,
                                            rates, &fixture.error));
    assert_true(rates[1] == pow(0.5, 8192.0));
    reader_release(&reader);
    free(text);
    fixture_end(&fixture);
}

static void test_never_replaces_a_file(void **state) {
    (void)state;
    struct fixture fixture;
    fixture_start(&fixture, JOBS, 3);
    int descriptor = open(fixture.path, O_CREAT | O_WRONLY, 0600);
    assert_int_equal(write(descriptor, "mine", 4), 4);
    assert_int_equal(close(descriptor), 0);
    assert_int_equal(results_create(fixture.path, &fixture.sweep, &fixture.shard, &fixture.layout,
                                    &fixture.error),
                     STATUS_STORAGE);
    assert_message(&fixture.error, "exists already");
    struct stat found;
    assert_int_equal(stat(fixture.path, &found), 0);
    assert_int_equal(found.st_size, 4);
    assert_int_equal(files_in(fixture.folder), 1);
    fixture_end(&fixture);
}

/* Several processes create one file at once: one succeeds, and the others leave it alone. */
static void test_one_of_many_creates(void **state) {
    (void)state;
    enum { PROCESSES = 4, MANY_JOBS = 20000 };
    struct fixture fixture;
    pid_t children[PROCESSES];
    int succeeded = 0;
    fixture_start(&fixture, MANY_JOBS, 3);
    for (size_t i = 0; i < PROCESSES; i++) {
        children[i] = fork();
        assert_true(children[i] >= 0);
        if (children[i] == 0) {
            _exit((int)results_create(fixture.path, &fixture.sweep, &fixture.shard, &fixture.layout,
                                      &fixture.error));
        }
    }
    for (size_t i = 0; i < PROCESSES; i++) {
        int status;
        assert_int_equal(waitpid(children[i], &status, 0), children[i]);
        assert_true(WIFEXITED(status));
        assert_true(WEXITSTATUS(status) == STATUS_OK || WEXITSTATUS(status) == STATUS_STORAGE);
        succeeded += WEXITSTATUS(status) == STATUS_OK;
    }
    assert_int_equal(succeeded, 1);
    assert_int_equal(files_in(fixture.folder), 1);
    assert_ok(&fixture.error, results_match(fixture.path, &fixture.sweep, &fixture.shard,
                                            &fixture.layout, &fixture.error));
    fixture_end(&fixture);
}

static void test_missing_folder(void **state) {
    (void)state;
    struct fixture fixture;
    char path[2 * PATH_BYTES];
    fixture_start(&fixture, JOBS, 3);
    (void)snprintf(path, sizeof path, "%s/nowhere/r.h5", fixture.folder);
    assert_int_equal(
        results_create(path, &fixture.sweep, &fixture.shard, &fixture.layout, &fixture.error),
        STATUS_STORAGE);
    assert_message(&fixture.error, path);
    assert_message(&fixture.error, "its folder does not exist");
    fixture.error = (struct error){0};
    assert_int_equal(results_creatable(path, &fixture.error), STATUS_STORAGE);
    assert_message(&fixture.error, path);
    assert_message(&fixture.error, "its folder does not exist");
    assert_int_equal(results_creatable("", &fixture.error), STATUS_BAD_INPUT);
    assert_ok(&fixture.error, results_creatable(fixture.path, &fixture.error));
    assert_int_equal(files_in(fixture.folder), 0);
    fixture_end(&fixture);
}

/* A limit on the size of files fails writes as a full disk does, at every stage of creation. */
static void test_full_disk_leaves_nothing(void **state) {
    (void)state;
    static const rlim_t limits[] = {0, 100, 1000, 3000, 8000, 20000, 60000, 500000};
    struct rlimit before;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    assert_true(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        struct fixture fixture;
        fixture_start(&fixture, 2000, 3);
        struct rlimit limited = {limits[i], before.rlim_max};
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &limited), 0);
        enum status status = results_create(fixture.path, &fixture.sweep, &fixture.shard,
                                            &fixture.layout, &fixture.error);
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
        assert_int_equal(status, STATUS_STORAGE);
        assert_message(&fixture.error, fixture.path);
        assert_int_equal(files_in(fixture.folder), 0);
        fixture_end(&fixture);
    }
}

/* Two files of one sweep differ in nothing but the time. */
static void test_equal_sweeps_give_equal_bytes(void **state) {
    (void)state;
    struct fixture fixture;
    char other[2 * PATH_BYTES];
    char command[6 * PATH_BYTES];
    fixture_start(&fixture, JOBS, 3);
    (void)snprintf(other, sizeof other, "%s/other.h5", fixture.folder);
    fixture_create(&fixture);
    sleep(1);
    assert_ok(&fixture.error, results_create(other, &fixture.sweep, &fixture.shard, &fixture.layout,
                                             &fixture.error));
    (void)snprintf(command, sizeof command, "test $(cmp -l '%s' '%s' | wc -l) -le 8", fixture.path,
                   other);
    assert_int_equal(system(command), 0);
    fixture_end(&fixture);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_columns_read_back),
    cmocka_unit_test(test_large_sweeps),
    cmocka_unit_test(test_never_replaces_a_file),
    cmocka_unit_test(test_one_of_many_creates),
    cmocka_unit_test(test_missing_folder),
    cmocka_unit_test(test_full_disk_leaves_nothing),
    cmocka_unit_test(test_equal_sweeps_give_equal_bytes),
};

RUN_WITH_MPI(tests)
