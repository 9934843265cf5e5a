/**
 * @file
 * The sources of a data set as the theory sees them: a cloud of weighted points and its moments.
 */
#pragma once

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

/**
 * S sources of N samples, centred on their weighted mean. A source whose range is rounding counts
 * as constant, and its centred values are exactly 0.
 */
struct cloud {
    size_t samples;        /**< N */
    size_t sources;        /**< S */
    const double *weights; /**< [N], each > 0, sum 1; not owned */
    double *mean;          /**< [S] */
    double *points;        /**< [N][S], centred */
    double *covariance;    /**< [S][S], C */
    double *range;         /**< [S], largest minus smallest value; 0 for a constant source */
    double *reach;         /**< [S], min(|min s̄_j|, |max s̄_j|) */
    double *condition;     /**< [S][S], the matrix S of theorem 2.1: reach_j² on the diagonal,
                                −C_jk beside it */
};

/**
 * Centres points[N][S] and computes the moments; all arrays but the weights belong to the arena.
 * STATUS_BAD_INPUT when a value is not finite, or when all points are equal.
 */
enum status cloud_make(const double *points, const double *weights, size_t samples, size_t sources,
                       struct arena *arena, struct cloud *cloud, struct error *error) CHECKED;

/** wᵀ S w, w[S]: the least (min_i w·s̄_i)² along w that modularity needs (theorem 2.1). */
double cloud_demand(const struct cloud *cloud, const double *direction);

/** max_i −w·s̄_i, w[S]: the smallest bias that keeps a neuron of weights w nonnegative. O(N S). */
double cloud_support(const struct cloud *cloud, const double *direction);
