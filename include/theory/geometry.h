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

/** Finds hull and fan of a cloud that is already there. */
enum status geometry_complete(struct geometry *geometry, struct arena *arena,
                              struct error *error) CHECKED;

/**
 * The geometry of data with `count` more samples, without another pass over all samples:
 * added[count][S] in the sources' units and within the bounding box. Each weighs as much as an
 * average sample: 1/N, before all weights are made to sum to 1 again. Only vertices of the old
 * hull, which must be complete, can be vertices of the new one; so the new cloud holds no other old
 * samples and no weights, but its moments are those of all samples. Memory belongs to the arena;
 * ranges stay the old cloud's. STATUS_BAD_INPUT when Qhull fails.
 */
enum status geometry_augment(const struct geometry *old, const double *added, size_t count,
                             struct arena *arena, struct geometry *augmented,
                             struct error *error) CHECKED;
