/**
 * @file
 * Local minima of a quotient (quotient.h), for cones.c and partition.c.
 */
#pragma once

#include "base/arena.h"

/** Directions and their values, lowest first. */
struct local_minima {
    size_t count;
    size_t most, width; /**< of minima that are kept, and of a direction */
    double *values;     /**< [count] of the quotient */
    double *directions; /**< [count][width], of any length */
};

/** No minima yet, with room for the `most` lowest, from the arena. */
enum status local_minima_make(size_t most, size_t width, struct arena *arena,
                              struct local_minima *minima, struct error *error) CHECKED;

/**
 * Inserts a direction[width] among the minima, if its value is below the threshold and among the
 * `most` lowest.
 */
void local_minima_add(struct local_minima *minima, double threshold, double value,
                      const double *direction);
