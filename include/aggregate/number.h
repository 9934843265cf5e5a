/**
 * @file
 * How a score's means are written: all of a column alike, so that they line up.
 */
#pragma once

#include "aggregate/table.h"

/** One for a column. */
struct number_format {
    bool scientific;
    int decimals;
    double nothing; /**< what is smaller is rounding */
};

/** What suits numbers of which this is the largest size. */
struct number_format number_format_for(double largest);

/** What suits the means of a score over all groups of a table. */
struct number_format number_format_of(const struct table *table, size_t score);

/** The number, "–" for NaN; owned by the arena. NULL with the error set without memory. */
const char *number_text(struct number_format format, double value, struct arena *arena,
                        struct error *error) CHECKED;
