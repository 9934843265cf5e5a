/**
 * @file
 * How many different values the columns of a table have: whether they can be labels.
 */
#pragma once

#include "data/points.h"

/** The column with the most different values, the first of several. */
struct variety {
    size_t column;
    size_t values; /**< 1 … rows; all rows differ when it is `rows` */
};

/** Values are compared as they are. Scratch memory comes from the arena. */
enum status variety_of(const struct points *points, struct arena *arena, struct variety *variety,
                       struct error *error) CHECKED;
