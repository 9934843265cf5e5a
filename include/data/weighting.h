/**
 * @file
 * Weights of the rows of a table, and tables that match row by row.
 */
#pragma once

#include "base/arena.h"
#include "data/points.h"
#include "parameter/parameter.h"

/**
 * Refuses two tables of different numbers of rows: STATUS_BAD_INPUT naming both files and counts.
 */
enum status points_same_rows(const struct file_reference *first, const struct points *a,
                             const struct file_reference *second, const struct points *b,
                             struct arena *arena, struct error *error) CHECKED;

/**
 * Reads one weight ≥ 0 for every row of `table` and scales them to sum 1, into *weights[rows];
 * equal weights when the file's path is "". STATUS_BAD_INPUT names both files when counts differ,
 * or the first wrong weight.
 */
enum status sample_weights_read(const struct file_reference *file,
                                const struct file_reference *table_file, const struct points *table,
                                struct arena *arena, double **weights, struct error *error) CHECKED;

/** Drops the rows of weight 0 from a table, in place; `weights` has one number per row. */
void points_drop_unweighted(struct points *points, const double *weights);
