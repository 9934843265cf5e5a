/**
 * @file
 * The geometry of data with a few more samples, without another pass over all samples.
 */
#pragma once

#include "theory/geometry.h"

/**
 * The geometry of data with `count` more samples, added[count][S] in the sources' units and within
 * the bounding box. Each weighs as much as an average sample: 1/N, before all weights are made to
 * sum to 1 again. Only vertices of the old hull, which must be complete, can be vertices of the new
 * one; so the new cloud holds no other old samples and no weights, but its moments are those of all
 * samples. Memory belongs to the arena; ranges stay the old cloud's. STATUS_BAD_INPUT when Qhull
 * fails.
 */
enum status augmented_make(const struct geometry *old, const double *added, size_t count,
                           struct arena *arena, struct geometry *augmented,
                           struct error *error) CHECKED;
