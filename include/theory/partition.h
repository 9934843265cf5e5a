/**
 * @file
 * Bounds on a form where the hull is out of reach: branch and bound over simplicial cones, the
 * orthants first (after Bundfuss & Dür 2009, "An adaptive linear approximation algorithm for
 * copositive programs"). Within a cone spanned by g_1 … g_n the form is at least t when no entry of
 * gᵢᵀ(support · vvᵀ + quadratic − t · norm)gⱼ is negative, where v is any point with v·gᵢ ≤ 0.
 * For a box, and for data whose corners are all there, the orthants alone settle the margin.
 */
#pragma once

#include "theory/cones.h"

enum {
    PARTITION_WIDTH_MAX = 12,      /**< more sources get the eigenvalue bound alone */
    PARTITION_CONES_MAX = 20000,   /**< that are looked at */
    PARTITION_VERTICES_MAX = 1000, /**< whose own minima are tried as starts */
};

/**
 * A certified lower bound of the form over all directions into *bound, and the lowest directions
 * that were met and are below `threshold`, at most `most`, into *valleys; their values are exact,
 * but there may be lower ones. Stops when the bound has reached the threshold. Deterministic.
 * Memory belongs to the arena.
 */
enum status partition_below(const struct fan *fan, const struct quotient *quotient,
                            double threshold, size_t most, struct arena *arena,
                            struct local_minima *minima, double *bound,
                            struct error *error) CHECKED;
