/**
 * @file
 * Exact minima of a form over the cones of a complete fan.
 *
 * On the cone of a hull vertex v the form is quadratic, so its minimum over unit vectors within the
 * cone lies on a face of the cone, at the eigenvector for the smallest eigenvalue of the form
 * restricted to the face's span: faces of the cone belong to faces of the hull that contain v, a
 * facet's being a ray. Two bounds keep most faces from being looked at: that eigenvalue bounds all
 * faces within; and where the form minus a threshold has no negative entry between any two rays
 * of a cone it is copositive there, and all values in the cone are above the threshold.
 */
#pragma once

#include "theory/quotient.h"

/** Directions of low value, lowest first. */
struct local_minima {
    size_t count;
    double *values;     /**< [count] of the form */
    double *directions; /**< [count][width], not scaled to anything */
};

/**
 * Puts a direction[width] in its place among valleys (room for most + 1), if it is below the
 * threshold and among the `most` lowest.
 */
void local_minima_add(struct local_minima *minima, size_t most, size_t width, double threshold,
                      double value, const double *direction);

/**
 * The lowest point of every cone whose value is below `threshold`, at most `most` of them, the
 * lowest; none means that the form is nowhere below the threshold, but for rounding (1e-13 of its
 * terms). Memory belongs to the arena.
 */
enum status cones_below(const struct fan *fan, const struct quotient *quotient, double threshold,
                        size_t most, struct arena *arena, struct local_minima *minima,
                        struct error *error) CHECKED;

/** The global minimum as valleys->values[0], if it is below `threshold`. */
enum status cones_minimum(const struct fan *fan, const struct quotient *quotient, double threshold,
                          struct arena *arena, struct local_minima *minima,
                          struct error *error) CHECKED;
