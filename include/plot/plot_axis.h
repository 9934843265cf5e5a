/**
 * @file
 * An axis of a picture: its range and its marks.
 */
#pragma once

#include <stdbool.h>
#include <stdio.h>

/** The ends of an axis. */
struct plot_range {
    double low, high;
    bool logarithmic;
};

/** A range that includes nothing yet. */
struct plot_range plot_axis_nothing(bool logarithmic);

/** Extends a range to a value; NaN is ignored. */
void plot_axis_include(struct plot_range *range, double value);

/** Adds `share` of its length at both ends, so that no point is at an end. A range with one value
 * or none gets a length in any case. */
void plot_axis_widen(struct plot_range *range, double share);

/** Writes range, scale and marks of an axis ('x', 'y' or "cb") that is `length` pixels long. */
void plot_axis_write(FILE *script, const char *axis, struct plot_range range, int length);
