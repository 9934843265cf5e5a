/**
 * @file
 * A sweep: the YAML file, checked and turned into a grid whose jobs are decoded from their index.
 * Immutable once loaded. No function here is collective; every rank loads the same text.
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

/** One entry of `cases` (or the whole sweep without it): a full grid of its own. */
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
    size_t text_bytes; /**< longest text of any of its values, without the final zero */
};

struct sweep {
    const char *path; /**< as given by the user */
    const char *name;
    const char *text;      /**< the YAML file as it was read */
    const char *overrides; /**< the --set arguments, one a line; "" when none */
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
    struct sweep_private *own; /**< values and marks; for the sweep's own files only */
    struct arena arena;
};

/**
 * Reads and checks a sweep. overrides: `count` strings "a.b=VALUE" (VALUE is YAML and may carry
 * tags), which replace the key in the base and in every case. On success *sweep is owned by the
 * caller (sweep_free). STATUS_BAD_INPUT with "file:line:column: message" otherwise.
 */
enum status sweep_load(const char *path, const char *const *overrides, size_t count,
                       struct sweep **sweep, struct error *error) CHECKED;

/** As sweep_load, from text; path serves for messages and to resolve relative file names. */
enum status sweep_parse(const char *text, const char *path, const char *const *overrides,
                        size_t count, struct sweep **sweep, struct error *error) CHECKED;

/** As sweep_parse, from what a loaded sweep keeps of itself: overrides one a line. */
enum status sweep_restore(const char *text, const char *path, const char *overrides,
                          struct sweep **sweep, struct error *error) CHECKED;

/**
 * As sweep_restore, for its settings alone, wherever it is: files that it names need not be there.
 * If it names any, hashes and fingerprint are not those of the sweep.
 */
enum status sweep_recall(const char *text, const char *path, const char *overrides,
                         struct sweep **sweep, struct error *error) CHECKED;

/** NULL is allowed. */
void sweep_free(struct sweep *sweep);

/** Decodes job `index` (0 ≤ index < job_count), with its hash. A few microseconds. */
void sweep_job(const struct sweep *sweep, int64_t index, struct job *job);

/** The case that a job belongs to. */
size_t sweep_job_case(const struct sweep *sweep, int64_t index);

/** The value of a column for a job as a number; NaN for texts and where the job has no such key. */
double sweep_column_number(const struct sweep *sweep, size_t column, int64_t index);

/** The value of a column for a job as text as in YAML ("0.3", "corner", "[16, 16]"); "" where the
 * job has no such key. At most `size` bytes with the final zero. */
void sweep_column_text(const struct sweep *sweep, size_t column, int64_t index, char *text,
                       size_t size);

/** Puts "file:line:column: KEY: " before the message, where the value of a key that job `index`
 * uses is written; for errors found after parsing. Returns the status. */
enum status sweep_prefix_place(const struct sweep *sweep, int64_t index, const char *key,
                               struct error *error);
