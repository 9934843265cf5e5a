/**
 * @file
 * Sources made ready for the theory: their cloud, its hull and the fan of that.
 */
#pragma once

#include "theory/fan.h"

struct geometry {
    struct cloud cloud;
    struct hull hull;
    struct fan fan;
};

/**
 * From points[N][S] and weights[N] (each > 0, sum 1; kept by reference); memory belongs to the
 * arena. STATUS_BAD_INPUT when a value is not finite or all points are equal.
 */
enum status geometry_make(const double *points, const double *weights, size_t samples,
                          size_t sources, struct arena *arena, struct geometry *geometry,
                          struct error *error) CHECKED;
