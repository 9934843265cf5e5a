/**
 * @file
 * The column of a results file that holds a key of the sweep's grid: its values for all jobs.
 */
#pragma once

#include "store/hdf.h"

#include <stdbool.h>

struct axis_column;
struct sweep;

/** One value for each job. NaN, ABSENT_INTEGER or "" marks it absent: the job has no such key. */
struct results_axis {
    const char *key;  /**< dotted: "train.learning_rate" */
    const char *unit; /**< "" when it has none */
    const char *help;
    enum hdf_storage storage; /**< HDF_FLOAT64, HDF_INT64 or HDF_LETTER */
    size_t letters;           /**< of a text column, else 0 */
};

/** The axis of a sweep's column. */
struct results_axis results_axis_of(const struct axis_column *column);

/** Bytes of a value. */
size_t results_axis_bytes(const struct results_axis *axis);

/** Widens an axis so that it can hold the values of another, too: integers and reals together
 * become reals, numbers and texts become texts. */
void results_axis_widen(struct results_axis *axis, const struct results_axis *other);

/** Converts `count` values of an axis to one that was widened by it; absent ones stay absent. */
void results_axis_convert(const struct results_axis *from, const void *values, size_t count,
                          const struct results_axis *to, void *converted);

/** Marks `count` values absent. */
void results_axis_clear(const struct results_axis *axis, size_t count, void *values);

/** Whether a value of an integer axis is absent; false for other axes. */
bool results_axis_absent(const struct results_axis *axis, const void *value);

/** Gives the value of a job in the sweep's column of that key; absent if there is no such column.
 * text has room for axis_bytes + 1. */
void results_axis_value(const struct results_axis *axis, const struct sweep *sweep, int64_t job,
                        char *text, void *value);

/** Creates the column with the rows of `job`. */
enum status results_axis_create(hid_t file, const struct results_axis *axis, struct extent job,
                                struct error *error) CHECKED;

/** Tells readers which integer means absent. Only for columns in which some value is: readers turn
 * such columns into reals. */
enum status results_axis_mark(hid_t file, const struct results_axis *axis,
                              struct error *error) CHECKED;
