/**
 * @file
 * Bounds on a quotient where the hull is too large: branch and bound over simplicial cones,
 * beginning with the orthants (after Bundfuss & Dür 2009, "An adaptive linear approximation
 * algorithm for copositive programs"). Within a cone spanned by g_1 … g_n the quotient is at least
 * t when no entry of gᵢᵀ(support · vvᵀ + quadratic − t · norm)gⱼ is negative, where v is any point
 * with v·gᵢ ≤ 0. For data with a sample on every corner of their bounding box the orthants alone
 * decide the margin.
 */
#pragma once

#include "theory/quotient.h"

enum {
    PARTITION_WIDTH_MAX = 12,      /**< with more sources, the eigenvalue bound alone */
    PARTITION_CONES_MAX = 20000,   /**< cones visited */
    PARTITION_VERTICES_MAX = 1000, /**< vertices whose cones give starts for the descent */
};

/**
 * A certified lower bound of the quotient over all directions into *bound, and the lowest
 * directions tried, at most `most`, of values below `threshold` into *minima. Their values are
 * exact, but there may be lower ones. Stops when the bound has reached the threshold.
 * Deterministic. Memory belongs to the arena.
 */
enum status partition_below(const struct fan *fan, const struct quotient *quotient,
                            double threshold, size_t most, struct arena *arena,
                            struct local_minima *minima, double *bound,
                            struct error *error) CHECKED;
