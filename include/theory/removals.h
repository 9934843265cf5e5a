/**
 * @file
 * Samples of modular data that keep them modular.
 */
#pragma once

#include "theory/margin.h"

enum {
    /** Of more distinct positions, only vertices of the convex hull are tried. */
    REMOVALS_POSITIONS_MAX = 2000,
};

/** A position without whose samples the data are mixed. */
struct removal {
    size_t sample; /**< the first that stands there, from 0 */
    size_t copies; /**< samples that stand there; all are removed */
    double margin; /**< of the rest, their weights made to sum to 1; in squared units */
};

struct removals {
    size_t count;
    struct removal *list; /**< [count], the lowest margin first; of equal ones (to 1e-9 of the
                               lowest) the first sample */
    size_t positions;     /**< distinct ones in the data */
    bool only_vertices;   /**< other positions were not tried: there were too many */
    struct margin before; /**< of the data as they are */
};

/**
 * Removes each distinct position of points[N][S] in turn, with weights[N] (each > 0, sum 1), and
 * lists those without which the data are mixed. Positions without which all points would be equal
 * are skipped. Where every corner of the bounding box has a sample, only corners are tried, since
 * the data stay modular without any other position (bounding_box.h). An empty list for data that
 * are mixed already. Memory belongs to the arena. STATUS_BAD_INPUT as from geometry_make and
 * margin_find_exact.
 */
enum status removals_find(const double *points, const double *weights, size_t samples,
                          size_t sources, double tolerance, struct arena *arena,
                          struct removals *removals, struct error *error) CHECKED;
