/**
 * @file
 * How mixed neurons are.
 */
#pragma once

#include <stddef.h>

/** Radians between a direction[sources] and its nearest axis, of either sign: 0 to acos(1/√S). */
double angle_from_axis(const double *direction, size_t sources);

/**
 * The largest angle_from_axis among directions[count][sources] longer than a tenth of the longest;
 * NaN when none is.
 */
double angle_most_mixed(const double *directions, size_t count, size_t sources);
