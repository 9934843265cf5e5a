/**
 * @file
 * A sweep made by hand for tests of the store: its own grid functions stand in for the sweep's, so
 * that hashes, values and sizes are the test's to choose. One C file a test program includes it.
 */
#pragma once

#include "store/create.h"
#include "store/lock.h"
#include "store/match.h"
#include "store/results.h"
#include "store/reuse.h"
#include "store/run_epoch.h"
#include "store/states.h"

#include "check.h"
#include "store/records.h"
#include "store/runs.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    FIXTURE_REPLICATES = 2,
    FIXTURE_COLUMNS = 3,
};

/* The run epoch of a file that no run has opened. */
enum { NO_RUN = 0 };

/* Cell c of the grid: rate 0.5^c, width 3 + c (none in every third cell), change "corner" or
 * "grün" in turns. */
static struct axis_column fixture_columns[FIXTURE_COLUMNS];

struct fixture {
    char folder[PATH_BYTES];
    char path[PATH_BYTES];
    struct sweep sweep;
    struct shard shard;
    struct arena arena;
    struct results_layout layout;
    struct error error;
};

void sweep_job(const struct sweep *sweep, int64_t index, struct job *job) {
    memset(job, 0, sizeof *job);
    job->index = index;
    job->replicate = index % sweep->replicates;
    /* The seed shifts the grid, so that two sweeps share some jobs; with cases, it begins again
     * after so many. The first words collide. */
    uint64_t number = (uint64_t)(index + sweep->seed);
    number = sweep->case_count == 0 ? number : number % sweep->case_count;
    job->hash.words[0] = number % 4;
    job->hash.words[1] = number;
}

double sweep_column_number(const struct sweep *sweep, size_t column, int64_t index) {
    int64_t cell = index / sweep->replicates;
    if (column == 0) {
        return pow(0.5, (double)cell);
    }
    return column == 1 && cell % 3 != 2 ? 3.0 + (double)cell : (double)NAN;
}

void sweep_column_text(const struct sweep *sweep, size_t column, int64_t index, char *text,
                       size_t size) {
    assert_int_equal(column, 2);
    (void)snprintf(text, size, "%s", index / sweep->replicates % 2 == 0 ? "corner" : "grün");
}

static inline size_t fixture_add(struct fixture *fixture, enum variable_type type, const char *name,
                                 size_t extent_count, const struct extent *extents) {
    size_t index;
    assert_ok(&fixture->error,
              layout_add(&fixture->layout, &fixture->arena, type, name, "1", "of a test",
                         extent_count, extents, &index, &fixture->error));
    return index;
}

/* A sweep of `jobs` jobs and a layout with `latents` latents, in a folder of its own. */
static inline void fixture_start(struct fixture *fixture, int64_t jobs, size_t latents) {
    memcpy(fixture_columns,
           (struct axis_column[]){
               {"train.learning_rate", PARAMETER_REAL, "1/step", "step size", 0},
               {"network.hidden", PARAMETER_INTEGER, "", "hidden units", 0},
               {"data.change", PARAMETER_CHOICE, "", "change of the grid", 6},
           },
           sizeof fixture_columns);
    *fixture = (struct fixture){.sweep = {.path = "test.yaml",
                                          .name = "test",
                                          .text = "name: test\n",
                                          .overrides = "",
                                          .replicates = FIXTURE_REPLICATES,
                                          .job_count = jobs,
                                          .column_count = FIXTURE_COLUMNS,
                                          .columns = fixture_columns,
                                          .fingerprint = 0xfedcba9876543210u},
                                .shard = shard_whole(jobs)};
    folder_make(fixture->folder);
    assert_true(
        snprintf(fixture->path, sizeof fixture->path, "%.200s/results.h5", fixture->folder) > 0);
    const struct extent extents[] = {{"source", 2}, {"latent", latents}};
    assert_int_equal(fixture_add(fixture, VARIABLE_FLOAT64, "loss", 0, NULL), 0);
    assert_int_equal(fixture_add(fixture, VARIABLE_FLOAT64, "r2", 2, extents), 1);
    assert_int_equal(fixture_add(fixture, VARIABLE_FLOAT32, "weights", 1, extents + 1), 2);
    assert_int_equal(fixture_add(fixture, VARIABLE_INT64, "best_step", 0, NULL), 3);
}

static inline void fixture_end(struct fixture *fixture) {
    folder_remove(fixture->folder);
    arena_free(&fixture->arena);
}

/* The value of a record's element k of variable v for a job: all different. */
static inline double fixture_value(int64_t job, size_t variable, size_t element) {
    return (double)job + 0.25 * (double)variable + 0.0078125 * (double)element;
}

/* A record of the job, owned by the fixture's arena. */
static inline void *fixture_record(struct fixture *fixture, int64_t job) {
    unsigned char *record;
    assert_ok(&fixture->error,
              ARENA_NEW(&fixture->arena, record, fixture->layout.record_bytes, &fixture->error));
    layout_clear(&fixture->layout, record);
    for (size_t v = 0; v < fixture->layout.variable_count; v++) {
        const struct variable *variable = &fixture->layout.variables[v];
        unsigned char *values = record + variable->offset;
        for (size_t k = 0; k < variable->elements; k++) {
            double value = fixture_value(job, v, k);
            if (variable->type == VARIABLE_FLOAT64) {
                ((double *)(void *)values)[k] = value;
            } else if (variable->type == VARIABLE_FLOAT32) {
                ((float *)(void *)values)[k] = (float)value;
            } else {
                ((int64_t *)(void *)values)[k] = job;
            }
        }
    }
    return record;
}

static inline struct row fixture_row(struct fixture *fixture, int64_t job, enum row_state state) {
    return (struct row){job, state, 100 + job, 0.5 * (double)job, fixture_record(fixture, job)};
}

/* Writes rows of the jobs, all with the same state, on this process alone. */
static inline void fixture_write(struct fixture *fixture, const int64_t *jobs, size_t count,
                                 enum row_state state) {
    struct row *rows;
    struct results *results;
    assert_ok(&fixture->error, ARENA_NEW(&fixture->arena, rows, count, &fixture->error));
    for (size_t i = 0; i < count; i++) {
        rows[i] = fixture_row(fixture, jobs[i], state);
    }
    assert_ok(&fixture->error, results_open(fixture->path, &fixture->layout, NO_RUN, MPI_COMM_SELF,
                                            &results, &fixture->error));
    assert_ok(&fixture->error, results_write(results, rows, count, &fixture->error));
    assert_ok(&fixture->error, results_sync(results, &fixture->error));
    assert_ok(&fixture->error, results_close(results, &fixture->error));
}

static inline void fixture_create(struct fixture *fixture) {
    assert_ok(&fixture->error, results_create(fixture->path, &fixture->sweep, &fixture->shard,
                                              &fixture->layout, &fixture->error));
}

/* Changes one number of a finished row, so that its checksum fits again. */
static inline void fixture_write_other(struct fixture *file, int64_t job, size_t variable,
                                       double value) {
    struct row row = fixture_row(file, job, ROW_DONE);
    struct results *results;
    memcpy((unsigned char *)row.record + file->layout.variables[variable].offset, &value,
           sizeof value);
    assert_ok(&file->error, results_open(file->path, &file->layout, NO_RUN, MPI_COMM_SELF, &results,
                                         &file->error));
    assert_ok(&file->error, results_write(results, &row, 1, &file->error));
    assert_ok(&file->error, results_close(results, &file->error));
}

/* Runs the tests between MPI_Init and MPI_Finalize. */
#define RUN_WITH_MPI(tests)                                                                        \
    int main(int argc, char **argv) {                                                              \
        if (MPI_Init(&argc, &argv) != MPI_SUCCESS) {                                               \
            return EXIT_FAILURE;                                                                   \
        }                                                                                          \
        int failed = cmocka_run_group_tests(tests, NULL, NULL);                                    \
        return MPI_Finalize() == MPI_SUCCESS ? failed : EXIT_FAILURE;                              \
    }
