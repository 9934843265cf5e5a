/**
 * @file
 * The keys whose values differ between the jobs of a sweep, and a job's value of each.
 */
#pragma once

#include "sweep/types.h"

/** Fills in the sweep's columns. For sweep.c. */
enum status column_find_all(struct sweep *sweep, struct error *error) CHECKED;

/** The value of a column for a job as a number; NaN for texts, and for jobs without the key. */
double sweep_column_number(const struct sweep *sweep, size_t column, int64_t index);

/** The value of a column for a job as in YAML ("0.3", "corner", "[16, 16]"); "" for jobs without
 * the key. At most `size` bytes with the final zero. */
void sweep_column_text(const struct sweep *sweep, size_t column, int64_t index, char *text,
                       size_t size);
