/**
 * @file
 * The column of an axis of the grid, as a results file keeps it. For the rooms store and show only.
 */
#pragma once

#include "store/hdf.h"

#include <stdbool.h>

struct axis_column;
struct sweep;

/** A value a job: NaN, ABSENT_INTEGER or "" where the job has no such key. */
struct results_axis {
    const char *key;  /**< dotted: "train.learning_rate" */
    const char *unit; /**< "" when it has none */
    const char *help;
    enum hdf_storage storage; /**< HDF_FLOAT64, HDF_INT64 or HDF_LETTER */
    size_t letters;           /**< of a text column, else 0 */
};

/** The axis of a sweep's column. */
struct results_axis axis_of(const struct axis_column *column);

/** Bytes of a value. */
size_t axis_bytes(const struct results_axis *axis);

/** Makes an axis hold the values of another, too: integers and reals become reals, numbers and
 * texts texts. */
void axis_widen(struct results_axis *axis, const struct results_axis *other);

/** Values of an axis as those of one that was widened by it; what stands for none stays that. */
void axis_convert(const struct results_axis *from, const void *values, size_t count,
                  const struct results_axis *to, void *converted);

/** Sets `count` values to what stands for none. */
void axis_clear(const struct results_axis *axis, size_t count, void *values);

/** Whether a value of an integer axis stands for none; false for other axes. */
bool axis_absent(const struct results_axis *axis, const void *value);

/** The value that job `job` has in the sweep's column of that key; what stands for none if there is
 * no such column. text has room for axis_bytes + 1. */
void axis_value(const struct results_axis *axis, const struct sweep *sweep, int64_t job, char *text,
                void *value);

/** Creates the column with the rows of `job`; *dataset is to be closed by the caller. */
enum status axis_create(hid_t file, const struct results_axis *axis, struct extent job,
                        hid_t *dataset, struct error *error) CHECKED;

/** Marks what stands for none in an integer column: only where there is some, since readers turn
 * marked integers into reals. */
enum status axis_mark(hid_t dataset, struct error *error) CHECKED;
