/* Axes of merged files that their sweeps tell: real sweeps, in files without results. */

#include "store/create.h"

#include "check.h"
#include "store/merge.h"
#include "store/reader.h"

#include <math.h>
#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FILES_MAX = 3, JOBS_MAX = 8 };

static const char *const paths[FILES_MAX] = {"0.h5", "1.h5", "2.h5"};
static const char *const output = "merged.h5";

struct fixture {
    char folder[PATH_BYTES];
    struct sweep *sweeps[FILES_MAX];
    size_t count;
    struct error error;
};

static void begin(struct fixture *fixture) {
    *fixture = (struct fixture){0};
    folder_make(fixture->folder);
    assert_int_equal(chdir(fixture->folder), 0);
}

static void end(struct fixture *fixture) {
    for (size_t k = 0; k < fixture->count; k++) {
        sweep_free(fixture->sweeps[k]);
    }
    folder_remove(fixture->folder);
}

/* A file of the sweep, none of whose jobs is done. */
static void add(struct fixture *fixture, const char *text) {
    const size_t k = fixture->count++;
    SCOPED(arena_free) struct arena arena = {0};
    size_t index;
    struct results_layout layout = {0};
    const struct shard *whole;
    assert_ok(&fixture->error,
              sweep_recall(text, "a.yaml", "", &fixture->sweeps[k], &fixture->error));
    whole = &(struct shard){.count = 1, .jobs = fixture->sweeps[k]->job_count};
    assert_ok(&fixture->error, layout_add(&layout, &arena, VARIABLE_FLOAT64, "loss", "1", "loss", 0,
                                          NULL, &index, &fixture->error));
    assert_ok(&fixture->error,
              results_create(paths[k], fixture->sweeps[k], whole, &layout, &fixture->error));
}

static enum status merge(struct fixture *fixture, bool with_sweeps) {
    const struct sweep *sweeps[FILES_MAX] = {NULL};
    struct merge *merge;
    struct merge_summary summary;
    size_t wanted;
    for (size_t k = 0; k < fixture->count; k++) {
        sweeps[k] = with_sweeps ? fixture->sweeps[k] : NULL;
    }
    TRY(merge_open(output, paths, fixture->count, &merge, &fixture->error));
    (void)merge_sweeps(merge, &wanted);
    assert_int_equal(wanted, fixture->count);
    enum status status =
        merge_write(merge, sweeps, (struct merge_progress){0}, &summary, &fixture->error);
    merge_release(&merge);
    return status;
}

static struct results_reader *merged(struct fixture *fixture, int64_t jobs) {
    struct results_reader *reader;
    assert_ok(&fixture->error, merge(fixture, true));
    assert_ok(&fixture->error, reader_open(output, &reader, &fixture->error));
    assert_int_equal(reader->job_count, jobs);
    return reader;
}

static void assert_numbers(struct fixture *fixture, const struct results_reader *reader,
                           const char *key, const double expected[static JOBS_MAX]) {
    double values[JOBS_MAX] = {0};
    assert_non_null(reader_axis(reader, key));
    assert_true((size_t)reader->job_count <= sizeof values / sizeof *values);
    assert_ok(&fixture->error, reader_column(reader, key, HDF_FLOAT64, 0, reader->job_count, values,
                                             &fixture->error));
    for (int64_t i = 0; i < reader->job_count; i++) {
        bool absent = isnan(expected[i]) && (isnan(values[i]) || values[i] < -1e18);
        assert_true(absent || values[i] == expected[i]);
    }
}

#define LINEAR(data, steps)                                                                        \
    "network: {kind: linear_autoencoder, hidden: 2}\n"                                             \
    "data: {" data "}\n"                                                                           \
    "train: {steps: " steps "}\n"

/* What one says and the other leaves at its default is an axis; what both say is none. */
static void test_constants_become_axes(void **state) {
    (void)state;
    struct fixture fixture;
    begin(&fixture);
    add(&fixture, LINEAR("kind: grid, sources: 2, values: 3", "100, learning_rate: 0.5"));
    add(&fixture, LINEAR("kind: grid, sources: !grid [2, 3], values: 3", "!grid [200, 300]"));
    struct results_reader *reader = merged(&fixture, 5);
    assert_int_equal(reader->axis_count, 3);
    assert_numbers(&fixture, reader, "train.steps", (double[JOBS_MAX]){100, 200, 300, 200, 300});
    assert_numbers(&fixture, reader, "data.sources", (double[JOBS_MAX]){2, 2, 2, 3, 3});
    const double usual = 0.001;
    assert_numbers(&fixture, reader, "train.learning_rate",
                   (double[JOBS_MAX]){0.5, usual, usual, usual, usual});
    reader_release(&reader);
    end(&fixture);
}

/* A job has the value that its kind has, and none where its kind has no such key. */
static void test_kinds_have_values_of_their_own(void **state) {
    (void)state;
    const double none = (double)NAN;
    const double usual = 21;
    struct fixture fixture;
    begin(&fixture);
    add(&fixture, LINEAR("kind: !grid [uniform, grid], sources: 2", "100"));
    add(&fixture, LINEAR("kind: grid, sources: 2, values: 5", "100"));
    add(&fixture, LINEAR("kind: file, sources: not-there.csv", "100"));
    struct results_reader *reader = merged(&fixture, 4);
    char kinds[4][sizeof "uniform" - 1];
    assert_int_equal(reader_axis(reader, "data.kind")->letters, sizeof kinds[0]);
    assert_ok(&fixture.error,
              reader_column(reader, "data.kind", HDF_LETTER, 0, 4, kinds, &fixture.error));
    assert_memory_equal(kinds, "uniformgrid\0\0\0grid\0\0\0file\0\0\0", sizeof kinds);
    assert_numbers(&fixture, reader, "data.values", (double[JOBS_MAX]){none, usual, 5, none});
    assert_null(reader_axis(reader, "train.steps"));
    reader_release(&reader);
    end(&fixture);
}

/* Sections that jobs may do without make them differ. */
static void test_sections_that_are_not_there(void **state) {
    (void)state;
    struct fixture fixture;
    char kinds[2][sizeof "uniform" - 1];
    begin(&fixture);
    add(&fixture, "network: {kind: dummy}\n");
    add(&fixture, "network: {kind: dummy}\ndata: {kind: uniform}\n");
    struct results_reader *reader = merged(&fixture, 2);
    assert_int_equal(reader->axis_count, 1);
    assert_ok(&fixture.error,
              reader_column(reader, "data.kind", HDF_LETTER, 0, 2, kinds, &fixture.error));
    assert_memory_equal(kinds, "\0\0\0\0\0\0\0uniform", sizeof kinds);
    reader_release(&reader);
    end(&fixture);
}

/* Numbers of one file and a text of another make an axis of texts. */
static void test_axes_hold_what_all_files_say(void **state) {
    (void)state;
    struct fixture fixture;
    char texts[3][sizeof "not-there-but-quite-long.csv" - 1];
    begin(&fixture);
    add(&fixture, LINEAR("kind: uniform, sources: !grid [2, 13]", "100"));
    add(&fixture, LINEAR("kind: file, sources: not-there-but-quite-long.csv", "100"));
    struct results_reader *reader = merged(&fixture, 3);
    assert_int_equal(reader_axis(reader, "data.sources")->letters, sizeof texts[0]);
    assert_ok(&fixture.error,
              reader_column(reader, "data.sources", HDF_LETTER, 0, 3, texts, &fixture.error));
    assert_memory_equal(texts[0], "2\0", 2);
    assert_memory_equal(texts[1], "13\0", 3);
    assert_memory_equal(texts[2], "not-there-but-quite-long.csv", sizeof texts[2]);
    reader_release(&reader);
    end(&fixture);
}

/* Without what the sweeps say, an axis is empty for files that have it not. */
static void test_sweeps_that_cannot_be_read(void **state) {
    (void)state;
    struct fixture fixture;
    begin(&fixture);
    add(&fixture, LINEAR("kind: grid, sources: 2", "100"));
    add(&fixture, LINEAR("kind: grid, sources: 2", "!grid [200, 300]"));
    struct results_reader *reader;
    assert_ok(&fixture.error, merge(&fixture, false));
    assert_ok(&fixture.error, reader_open(output, &reader, &fixture.error));
    assert_int_equal(reader->axis_count, 1);
    assert_numbers(&fixture, reader, "train.steps", (double[JOBS_MAX]){(double)NAN, 200, 300});
    reader_release(&reader);
    end(&fixture);
}

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_constants_become_axes),
        cmocka_unit_test(test_kinds_have_values_of_their_own),
        cmocka_unit_test(test_sections_that_are_not_there),
        cmocka_unit_test(test_axes_hold_what_all_files_say),
        cmocka_unit_test(test_sweeps_that_cannot_be_read),
    };
    if (MPI_Init(&argc, &argv) != MPI_SUCCESS) {
        return EXIT_FAILURE;
    }
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    return MPI_Finalize() == MPI_SUCCESS ? failed : EXIT_FAILURE;
}
