/**
 * @file
 * Samples to add to mixed data so that they become modular.
 *
 * The worst direction w asks for a sample far along −w. The corner of the bounding box there
 * satisfies the condition for all directions of w's orthant (bounding_box.h), so 2^S corners
 * suffice, and ranges do not change. Then every addition that is not needed is dropped; the others
 * are moved, on the line from their corner to the sample that is lowest along w, as far as the data
 * stay modular.
 */
#pragma once

#include "theory/margin.h"

/** A sample to add. It weighs as much as an average one: 1/N, before all weights are made to sum
 * to 1 again. */
struct addition {
    double *point;     /**< [S], in the sources' units and within their ranges. A coordinate is a
                            multiple of a power of ten, 1e-7 to 1e-6 of the range, or a value of
                            the data, with their digits */
    double *direction; /**< [S], the unit w that called for it */
    double needed;     /**< √(wᵀSw), the least h(w) that was needed at that time */
    double had;        /**< h(w) at that time: with all additions before it at their corners */
    double reach;      /**< −w·(point − mean), with the mean of the data as they were */
    size_t from;       /**< the sample, from 0, that it was moved towards: lowest along w. A
                            point that equals it is that sample once more */
};

struct additions {
    size_t count;
    struct addition *list; /**< [count], in the order in which directions called for them */
    struct margin before;  /**< of the data as they are */
    struct margin after;   /**< of the data with all additions: modular */
};

/**
 * Finds the additions to points[N][S] with weights[N] (each > 0, sum 1); none for modular data.
 * Each is the least given all others: without it, or with it nearer to `from`, the data are mixed.
 * Where the margin hardly varies, the rounding of coordinates blurs that by up to about 1e-4 of a
 * range; and, rarely, the data are modular again farther back. The numbers in `point` themselves
 * are checked to make the data modular. Memory belongs to the arena. STATUS_BAD_INPUT as from
 * geometry_make and margin_find_exact; STATUS_SYSTEM when rounding, with a tolerance too near to 0,
 * keeps the condition from being met.
 */
enum status additions_find(const double *points, const double *weights, size_t samples,
                           size_t sources, double tolerance, struct arena *arena,
                           struct additions *additions, struct error *error) CHECKED;
