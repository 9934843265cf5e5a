/**
 * @file
 * What a sweep is: cases, each a full grid of jobs, and the columns in which jobs differ. Jobs are
 * not stored; sweep_job decodes them from their index.
 */
#pragma once

#include "base/arena.h"
#include "job/job.h"
#include "parameter/parameter.h"
#include "score/score.h"

#include <stdbool.h>
#include <stdint.h>

enum save_flags {
    SAVE_WEIGHTS = 1u << 0,
    SAVE_ACTIVITY = 1u << 1,
    SAVE_SOURCES = 1u << 2,
    SAVE_HISTORY = 1u << 3,
};

/** One digit of a job's index within its case: an axis, axes zipped together, or the replicate. */
struct dimension {
    int64_t length;
    bool shapes; /**< one of its keys is flagged PARAMETER_SHAPES or changes the size of the data */
};

/** One entry of `cases`, or the whole sweep without `cases`: a full grid. */
struct subgrid {
    int64_t first; /**< index of its first job */
    int64_t count; /**< product of the lengths */
    size_t dimension_count;
    struct dimension *dimensions; /**< the last, fastest, is the replicate */
};

/** A key whose value differs between jobs of the sweep: a variable of the results file. */
struct axis_column {
    const char *key; /**< dotted: "train.learning_rate", "data.kind" */
    enum parameter_type type;
    const char *unit;
    const char *help;
    size_t text_bytes; /**< length of the longest value as text, without the final zero */
};

struct sweep {
    const char *path; /**< as given by the user */
    const char *name;
    const char *text;      /**< the YAML file as it was read */
    const char *overrides; /**< the arguments of --set, one a line; "" without any */
    int64_t seed;
    int64_t replicates;
    int64_t job_count;
    size_t case_count;
    struct subgrid *cases;
    size_t column_count;
    struct axis_column *columns; /**< in the order of first appearance in the file */
    size_t score_count;
    const struct score **scores;
    unsigned save;        /**< of enum save_flags */
    uint64_t fingerprint; /**< of the grid, its scores and what it saves; not of names or layout */
    struct sweep_private *own; /**< sweep/grid.h; for the room's own files only */
    struct arena arena;
};
