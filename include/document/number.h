/**
 * @file
 * How means are written: all of a column alike, so that they line up.
 */
#pragma once

#include "base/arena.h"

#include <stdbool.h>

/** One for a column. */
struct number_format {
    bool scientific;
    int decimals;
    double nothing; /**< smaller sizes are rounding */
};

/** What suits numbers of which this is the largest size. */
struct number_format number_format_for(double largest);

/** The number, "–" for NaN; owned by the arena. */
enum status number_text(struct number_format format, double value, struct arena *arena,
                        const char **text, struct error *error) CHECKED;
