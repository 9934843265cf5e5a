#include "fixture.h"

#include "store/merge.h"
#include "store/parts.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

/* Jobs 0…29 under hashes 0…29; another sweep's begin at SHIFT. */
enum { JOBS = 30, SHIFT = 20, UNION = JOBS + SHIFT, FILES_MOST = 5 };

struct set {
    size_t count;
    struct fixture files[FILES_MOST];
    char output[PATH_BYTES];
    struct merge_summary summary;
    struct error error;
};

/* File number `count` of the set, in a folder of its own. */
static struct fixture *add(struct set *set, size_t latents) {
    struct fixture *file = &set->files[set->count++];
    fixture_start(file, JOBS, latents);
    if (set->count == 1) {
        assert_true(snprintf(set->output, sizeof set->output, "%.200s/merged.h5", file->folder) >
                    0);
    }
    return file;
}

static void end(struct set *set) {
    for (size_t k = 0; k < set->count; k++) {
        fixture_end(&set->files[k]);
    }
}

static enum status merge_with(struct set *set, const struct sweep *sweep) {
    const char *paths[FILES_MOST];
    struct merge *merge;
    for (size_t k = 0; k < set->count; k++) {
        paths[k] = set->files[k].path;
    }
    TRY(merge_open(set->output, paths, set->count, &merge, &set->error));
    enum status status =
        merge_write(merge, sweep, (struct merge_progress){0}, &set->summary, &set->error);
    set->summary.inputs = NULL;
    merge_close(merge);
    return status;
}

static void merge(struct set *set) {
    assert_ok(set, merge_with(set, NULL));
}

/* The file that was made, seen as one of the first fixture's. */
static struct results_reader *open_output(struct set *set) {
    struct results_reader *reader;
    assert_ok(set, reader_open(set->output, &reader, &set->error));
    return reader;
}

static void assert_column(struct set *set, const char *name, enum hdf_storage storage,
                          size_t row_bytes, const char *expected_path) {
    struct results_reader *reader = open_output(set);
    struct results_reader *expected;
    struct arena arena = {0};
    struct error *error = &set->error;
    unsigned char *values;
    unsigned char *wanted;
    const size_t bytes = (size_t)reader->job_count * row_bytes;
    assert_ok(set, ARENA_NEW(&arena, values, bytes, error));
    assert_ok(set, ARENA_NEW(&arena, wanted, bytes, error));
    assert_ok(set, reader_open(expected_path, &expected, error));
    assert_int_equal(reader->job_count, expected->job_count);
    assert_ok(set, reader_column(reader, name, storage, 0, reader->job_count, values, error));
    assert_ok(set, reader_column(expected, name, storage, 0, reader->job_count, wanted, error));
    if (memcmp(values, wanted, bytes) != 0) {
        fail_msg("%s differs", name);
    }
    reader_close(expected);
    reader_close(reader);
    arena_free(&arena);
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

static void write_all(struct fixture *file) {
    int64_t jobs[JOBS];
    size_t count = 0;
    for (int64_t job = 0; job < JOBS; job++) {
        if (shard_has(&file->shard, job)) {
            jobs[count++] = job;
        }
    }
    fixture_write(file, jobs, count, ROW_DONE);
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
    /* Runs go on with it. */
    assert_ok(&whole,
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
    struct merge_sweep wanted;
    const char *path = file->path;
    assert_ok(&set, merge_open(set.output, &path, 1, &merge, &set.error));
    assert_true(merge_wants_sweep(merge, &wanted));
    assert_string_equal(wanted.missing, "1/3, 3/3");
    assert_string_equal(wanted.text, "name: test\n");
    merge_close(merge);
    assert_ok(&set, merge_with(&set, &whole.sweep));
    assert_int_equal(set.summary.missing, JOBS - shard_rows(&file->shard));
    assert_same_file(&set, whole.path);
    fixture_end(&whole);
    end(&set);
}

static void raise_attempts(struct fixture *file, int64_t row, uint8_t value) {
    uint8_t attempts[JOBS];
    off_t place;
    assert_ok(file, results_attempts(file->path, attempts, &place, &file->error));
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
    assert_ok(&set,
              reader_column(reader, "train.learning_rate", HDF_FLOAT64, 0, UNION, rates, error));
    assert_ok(&set, reader_column(reader, "network.hidden", HDF_INT64, 0, UNION, widths, error));
    assert_ok(&set, reader_column(reader, "data.change", HDF_LETTER, 0, UNION, changes, error));
    assert_ok(&set, reader_column(reader, "hash", HDF_UINT64, 0, UNION, hashes, error));
    assert_ok(&set, reader_column(reader, "r2", HDF_FLOAT64, 0, UNION, r2, error));
    assert_ok(&set, reader_column(reader, "extra", HDF_FLOAT64, 0, UNION, extra, error));
    assert_ok(&set, reader_states(reader, states, &torn, error));
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
    reader_close(reader);
    /* Runs do not go on with it. */
    assert_int_equal(results_match(set.output, &set.files[0].sweep, &set.files[0].shard,
                                   &set.files[0].layout, &set.error),
                     STATUS_BAD_INPUT);
    assert_says(&set, "2 sweeps that were merged");
    end(&set);
}

static void assert_nothing_left(const struct set *set) {
    DIR *folder = opendir(set->files[0].folder);
    assert_non_null(folder);
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        assert_null(strstr(entry->d_name, "merged"));
    }
    assert_int_equal(closedir(folder), 0);
}

static void assert_refused(struct set *set, const char *text) {
    assert_int_equal(merge_with(set, NULL), STATUS_BAD_INPUT);
    assert_says(set, text);
    assert_nothing_left(set);
}

/* Changes one number of a finished row, so that its checksum fits again. */
static void write_other(struct fixture *file, int64_t job, size_t variable, double value) {
    struct row row = fixture_row(file, job, ROW_DONE);
    struct results *results;
    memcpy((unsigned char *)row.record + file->layout.variables[variable].offset, &value,
           sizeof value);
    assert_ok(file, results_open(file->path, &file->layout, NO_RUN, MPI_COMM_SELF, &results,
                                 &file->error));
    assert_ok(file, results_write(results, &row, 1, &file->error));
    assert_ok(file, results_close(results, &file->error));
}

static void test_contradictions_are_refused(void **state) {
    (void)state;
    struct set set = {0};
    fixture_create(add(&set, 3));
    fixture_create(add(&set, 3));
    write_all(&set.files[0]);
    write_all(&set.files[1]);
    write_other(&set.files[1], 17, 1, 0.125);
    assert_refused(&set, "row 17 (job 17) of the first and row 17 (job 17) of the second");
    assert_says(&set, "differ in r2;");
    assert_says(&set, set.files[0].path);
    assert_says(&set, set.files[1].path);
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
    assert_says(&set, "differ in steps, loss, r2, weights, best_step;");
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
    write_other(&set.files[0], 2, 0, (double)NAN);
    write_other(&set.files[1], 2, 0, -(double)NAN);
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
        assert_ok(&set, reader_states(reader, states, &torn, &set.error));
        assert_int_equal(torn, 0);
        assert_int_equal(states[1], ROW_QUARANTINED);
        assert_int_equal(states[2], ROW_DONE);
        assert_int_equal(states[3], ROW_DIVERGED);
        assert_int_equal(set.summary.quarantined, 1);
        assert_int_equal(set.summary.done, 1);
        assert_int_equal(set.summary.diverged, 1);
        reader_close(reader);
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
    assert_ok(file, reader_open(file->path, &reader, &file->error));
    assert_ok(file, hdf_open_dataset(reader->file, "loss", &dataset, &file->error));
    off_t place = (off_t)H5Dget_offset(dataset);
    hdf_close(dataset);
    reader_close(reader);
    int descriptor = open(file->path, O_WRONLY);
    assert_int_equal(pwrite(descriptor, &other, sizeof other, place + 5 * (off_t)sizeof other),
                     sizeof other);
    assert_int_equal(close(descriptor), 0);
    merge(&set);
    assert_int_equal(set.summary.done, 1);
    assert_int_equal(set.summary.missing, JOBS - 1);
    end(&set);
}

static void test_shards_of_different_sweeps(void **state) {
    (void)state;
    struct set set = {0};
    for (int64_t k = 0; k < 2; k++) {
        struct fixture *file = add(&set, 3);
        file->shard = (struct shard){.index = k, .count = 2, .jobs = JOBS};
        file->sweep.fingerprint += (uint64_t)k;
        fixture_create(file);
    }
    assert_refused(&set, "shards of different sweeps");
    assert_says(&set, set.files[0].path);
    assert_says(&set, set.files[1].path);
    end(&set);
    set = (struct set){0};
    for (int64_t k = 0; k < 2; k++) {
        struct fixture *file = add(&set, 3);
        file->shard = (struct shard){.index = k, .count = k + 2, .jobs = JOBS};
        fixture_create(file);
    }
    assert_refused(&set, "shards of different cuts");
    end(&set);
}

static void test_variables_of_other_kind(void **state) {
    (void)state;
    struct set set = {0};
    struct fixture *first = add(&set, 3);
    (void)fixture_add(first, VARIABLE_FLOAT64, "extra", 0, NULL);
    fixture_create(first);
    struct fixture *second = add(&set, 3);
    (void)fixture_add(second, VARIABLE_INT64, "extra", 0, NULL);
    fixture_create(second);
    assert_refused(&set, "variable extra is of one type or shape in");
    assert_says(&set, first->path);
    assert_says(&set, second->path);
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
    assert_says(&set, "into itself");
    assert_int_equal(symlink(path, link), 0);
    assert_int_equal(merge_open(link, &path, 1, &merge, &set.error), STATUS_BAD_INPUT);
    assert_says(&set, "into itself");
    assert_int_equal(unlink(link), 0);
    assert_int_equal(linkat(AT_FDCWD, path, AT_FDCWD, link, 0), 0);
    assert_int_equal(merge_open(link, &path, 1, &merge, &set.error), STATUS_BAD_INPUT);
    assert_says(&set, "into itself");
    assert_int_equal(unlink(link), 0);
    assert_int_equal(symlink("nowhere", link), 0);
    assert_int_equal(merge_open(link, &path, 1, &merge, &set.error), STATUS_BAD_INPUT);
    assert_says(&set, "exists already");
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
    assert_ok(&set, merge_open(set.output, paths, 2, &merge, &set.error));
    assert_ok(&set, merge_write(merge, NULL, (struct merge_progress){0}, &set.summary, &set.error));
    assert_int_equal(set.summary.input_count, 1);
    assert_int_equal(set.summary.same_count, 1);
    assert_int_equal(set.summary.inputs[0].taken, 1);
    assert_int_equal(set.summary.inputs[0].repeated, 0);
    merge_close(merge);
    end(&set);
}

static void note_run(struct fixture *file, double started) {
    const struct run_note note = {.started = started, .ended = started + 1, .hosts = "node*2"};
    struct results *results;
    int64_t slot;
    assert_ok(file, results_next_run(file->path, &slot, &file->error));
    assert_ok(file, results_open(file->path, &file->layout, NO_RUN, MPI_COMM_SELF, &results,
                                 &file->error));
    assert_ok(file, results_note_run(results, slot, &note, &file->error));
    assert_ok(file, results_close(results, &file->error));
}

/* Merged files keep the parts that they had, and are one themselves if runs went on with them. */
static void test_parts_of_parts(void **state) {
    (void)state;
    static const int64_t first[] = {1};
    static const int64_t second[] = {2};
    static const int64_t later[] = {3};
    static const int64_t other[] = {4};
    struct set set = {0};
    struct arena arena = {0};
    struct results_part part;
    int64_t parts[JOBS];
    fixture_create(add(&set, 3));
    fixture_create(add(&set, 3));
    fixture_write(&set.files[0], first, 1, ROW_DONE);
    fixture_write(&set.files[1], second, 1, ROW_DONE);
    note_run(&set.files[1], 1.7e9);
    merge(&set);
    /* The merged file becomes the first of the next merge, after a run went on with it. */
    struct set next = {.count = 2, .files = {set.files[0], set.files[1]}};
    assert_true(snprintf(next.files[0].path, sizeof next.files[0].path, "%s", set.output) > 0);
    assert_true(snprintf(next.output, sizeof next.output, "%.200s/again.h5", set.files[0].folder) >
                0);
    fixture_write(&next.files[0], later, 1, ROW_DONE);
    fixture_write(&next.files[1], other, 1, ROW_DONE);
    merge(&next);
    struct results_reader *reader = open_output(&next);
    assert_int_equal(parts_count(reader), 4);
    assert_ok(&set, reader_column(reader, "part", HDF_INT64, 0, JOBS, parts, &set.error));
    assert_int_equal(parts[0], 0);
    assert_int_equal(parts[1], 1);
    assert_int_equal(parts[2], 2);
    assert_int_equal(parts[3], 3);
    assert_int_equal(parts[4], 4);
    assert_ok(&set, parts_read(reader, 1, &arena, &part, &set.error));
    assert_string_equal(part.path, set.files[0].path);
    assert_int_equal(part.run_count, 0);
    assert_ok(&set, parts_read(reader, 2, &arena, &part, &set.error));
    assert_string_equal(part.path, set.files[1].path);
    assert_string_equal(part.yaml, "name: test\n");
    assert_string_equal(part.name, "test");
    assert_true(part.fingerprint == set.files[1].sweep.fingerprint);
    assert_true(part.created[0] != '\0' && part.host[0] != '\0' && part.program[0] != '\0');
    assert_int_equal(part.run_count, 1);
    assert_true(part.runs[0].started == 1.7e9 && part.runs[0].ended == 1.7e9 + 1);
    assert_string_equal(part.runs[0].hosts, "node*2");
    assert_ok(&set, parts_read(reader, 3, &arena, &part, &set.error));
    assert_string_equal(part.path, set.output);
    reader_close(reader);
    arena_free(&arena);
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
    cmocka_unit_test(test_contradictions_are_refused),
    cmocka_unit_test(test_contradictions_are_found_by_hash),
    cmocka_unit_test(test_states_that_contradict),
    cmocka_unit_test(test_bits_of_nan_are_no_contradiction),
    cmocka_unit_test(test_given_up_rows_give_way),
    cmocka_unit_test(test_torn_rows_are_missing),
    cmocka_unit_test(test_shards_of_different_sweeps),
    cmocka_unit_test(test_variables_of_other_kind),
    cmocka_unit_test(test_never_into_itself),
    cmocka_unit_test(test_a_file_given_twice_is_read_once),
    cmocka_unit_test(test_parts_of_parts),
    cmocka_unit_test(test_jobs_twice_in_a_grid),
};

RUN_WITH_MPI(tests)
