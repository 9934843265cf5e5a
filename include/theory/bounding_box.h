/**
 * @file
 * The bounding box of a data set and its corners.
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
