/**
 * @file
 * The bounding box of a data set and its corners. Data with a sample on every corner are modular.
 *
 * Let the corner that is lowest along w be a sample, σ_j the sign of w_j and a_j ≥ reach_j
 * the distance from the mean to that corner along source j. Then h(w) = Σ |w_j| a_j, and
 *
 *     h² − wᵀSw = Σ_j w_j² (a_j² − reach_j²) + Σ_{j≠k} |w_j w_k| (a_j a_k + σ_j σ_k C_jk) ≥ 0,
 *
 * since a_j a_k + σ_j σ_k C_jk = E[(a_j + σ_j s̄_j)(a_k + σ_k s̄_k)] ≥ 0: no factor is negative in
 * the box. So this one corner satisfies the condition for all w of its orthant, whatever the data
 * and weights.
 */
#pragma once

#include "theory/cloud.h"

struct bounding_box {
    const struct cloud *cloud; /**< not owned */
    const double *points;      /**< [N][S] as given, in the sources' units; not owned */
    double *low, *high;        /**< [S], least and largest value of each source */
};

/** The box of the points that a cloud was made from; memory belongs to the arena. */
enum status bounding_box_make(const struct cloud *cloud, const double *points, struct arena *arena,
                              struct bounding_box *box, struct error *error) CHECKED;

/**
 * The sample that is lowest along w[S]. Of samples that are equally low up to rounding, of which
 * there are many where sources depend on one another, the one nearest to the corner that is lowest
 * along w, with sources measured in ranges.
 */
size_t bounding_box_support(const struct bounding_box *box, const double *direction);

/**
 * The lowest corner[S] of the box along w. Where w_j is 0 or, unless `strict`, within rounding of
 * 0, either side would do: the one nearer to sample `from` is taken.
 */
void bounding_box_corner(const struct bounding_box *box, const double *direction, bool strict,
                         size_t from, double *corner);

/**
 * Whether a point[S] of the data is a corner, and which: a bit for each source that varies, set on
 * the high side. For at most 63 sources that vary.
 */
bool bounding_box_corner_at(const struct bounding_box *box, const double *point, size_t *corner);
