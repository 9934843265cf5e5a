/**
 * @file
 * Counts the different values in the columns of a table, to see whether they can be labels.
 */
#pragma once

#include "base/arena.h"
#include "data/points.h"

/** The column with the most different values, the first of several. */
struct distinct_values {
    size_t column;
    size_t values; /**< 1 … rows; all rows differ when it is `rows` */
};

/** Counts values that are equal to the last bit as one. Scratch memory comes from the arena. */
enum status distinct_values_most(const struct points *points, struct arena *arena,
                                 struct distinct_values *distinct, struct error *error) CHECKED;
