/**
 * @file
 * What the theory minimises over directions w: a quotient of quadratic forms in which the support
 * function h(w) = max_i −w·s̄_i takes part,
 *
 *     (support · h(w)² + wᵀ quadratic w) / (wᵀ norm w).
 *
 * The margin of theorem 2.1 is one of them, and so is the certificate of an optimum.
 */
#pragma once

#include "theory/fan.h"

struct form {
    double support;          /**< ≥ 0 */
    const double *quadratic; /**< [width][width], symmetric */
    /** [width][width]: norm = rootᵀ root, and the root's inverse; both NULL for the identity. The
     * root is asked for, not the norm, whose condition would be that of the root squared. */
    const double *root;
    const double *inverse_root;
};

/** A form in coordinates u = root · w, in which its norm is the identity. */
struct plain_form {
    struct fan fan; /**< in those coordinates */
    double support;
    double *quadratic; /**< [width][width] */
    double *back;      /**< [width][width], inverse_root */
};

/** Changes coordinates; memory belongs to the arena. */
enum status form_plain(const struct fan *fan, const struct form *form, struct arena *arena,
                       struct plain_form *plain, struct error *error) CHECKED;

/** The quotient at a unit vector u whose lowest vertex is known. */
double form_value(const struct plain_form *plain, const double *unit, size_t lowest);

/** [width][width] matrix of the form on the cone of a vertex: support · vvᵀ + quadratic. */
void form_on_cone(const struct plain_form *plain, size_t vertex, double *matrix);
