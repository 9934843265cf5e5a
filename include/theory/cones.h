/**
 * @file
 * Exact minima of a quotient (quotient.h) over the normal cones of a complete fan.
 *
 * On the normal cone of a hull vertex v the quotient is a quadratic form, so its minimum over unit
 * vectors lies on a face of the cone, at the eigenvector for the smallest eigenvalue of the form
 * restricted to the face's span. Faces of the cone correspond to faces of the hull that contain v;
 * a facet's cone is a ray. Two bounds prune most faces: that eigenvalue bounds all faces of the
 * face; and where the form minus a threshold is nowhere negative between two rays of a cone it is
 * copositive there, so that all values in the cone are above the threshold.
 */
#pragma once

#include "theory/quotient.h"

/**
 * The lowest point of every cone whose value is below `threshold`, at most `most` of them, the
 * lowest. None means that the quotient is nowhere below the threshold, except by rounding (1e-13 of
 * its terms). With `most` 1 the search is faster. Memory belongs to the arena.
 */
enum status cones_below(const struct fan *fan, const struct quotient *quotient, double threshold,
                        size_t most, struct arena *arena, struct local_minima *minima,
                        struct error *error) CHECKED;
