/**
 * @file
 * What the theory minimises over directions w: a quotient of quadratic forms with the support
 * function h(w) = max_i −w·s̄_i,
 *
 *     (support · h(w)² + wᵀ quadratic w) / (wᵀ norm w).
 *
 * The margin of theorem 2.1 is one of them, and so is the certificate of an optimum.
 */
#pragma once

#include "theory/fan.h"

struct quotient {
    double support;          /**< ≥ 0 */
    const double *quadratic; /**< [width][width], symmetric */
    /** [width][width]: norm = rootᵀ root, and the root's inverse; both NULL for the identity. The
     * root is given, not the norm, whose condition number is that of the root squared. */
    const double *root;
    const double *inverse_root;
};

/** A quotient in standard coordinates u = root · w, in which its norm is the identity. */
struct standard_quotient {
    struct fan fan; /**< in those coordinates */
    double support;
    double *quadratic; /**< [width][width] */
    double *back;      /**< [width][width], inverse_root */
};

/** Changes coordinates; memory belongs to the arena. */
enum status quotient_standardise(const struct fan *fan, const struct quotient *quotient,
                                 struct arena *arena, struct standard_quotient *standard,
                                 struct error *error) CHECKED;

/** The quotient at a unit vector u whose lowest vertex is known. */
double quotient_value(const struct standard_quotient *standard, const double *unit, size_t lowest);

/** [width][width]: the quadratic form on the normal cone of a vertex, support · vvᵀ + quadratic. */
void quotient_on_cone(const struct standard_quotient *standard, size_t vertex, double *matrix);
