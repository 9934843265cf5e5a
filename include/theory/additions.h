/**
 * @file
 * The least samples to add to mixed data that make them modular.
 *
 * The worst direction w asks for a sample far along −w; the corner of the bounding box there
 * settles all directions of w's orthant (prescribe.h), so that 2^S corners suffice, and the ranges
 * stay as they are. Then every addition is left out where the data are modular without it, or else
 * pulled back, on the line from its corner to the sample that is lowest along w, as far as they
 * stay modular.
 */
#pragma once

#include "theory/prescribe.h"

/** A sample to add. It weighs as much as an average one: 1/N, before all weights are made to sum
 * to 1 again. */
struct addition {
    double *point;     /**< [S], in the sources' units and within their ranges. A coordinate is a
                            multiple of a power of ten, 1e-7 to 1e-6 of the range, or a value of
                            the data, with their digits */
    double *direction; /**< [S], the unit w that called for it */
    double needed;     /**< √(wᵀSw), what h(w) had to reach at that time, and */
    double had;        /**< h(w) at that time: with all additions before it at their corners */
    double reach;      /**< −w·(point − mean), with the mean of the data as they were */
    size_t from;       /**< the sample, from 0, that it was pulled back towards: lowest along w. A
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
 * Where the margin is flat the rounding of coordinates blurs that by up to about 1e-4 of a range;
 * and beyond mixed data there may, rarely, be modular ones again. That the data with all additions
 * are modular was checked on the very numbers in `point`. Memory belongs to the arena.
 * STATUS_BAD_INPUT as from geometry_make and prescribe_margin; STATUS_SYSTEM when rounding, with a
 * tolerance too near to 0, keeps the condition from being met.
 */
enum status additions_find(const double *points, const double *weights, size_t samples,
                           size_t sources, double tolerance, struct arena *arena,
                           struct additions *additions, struct error *error) CHECKED;
