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

/** Local minima of a quotient: directions and their values, lowest first. */
struct local_minima {
    size_t count;
    size_t most, width; /**< of minima that are kept, and of a direction */
    double *values;     /**< [count] of the quotient */
    double *directions; /**< [count][width], of any length */
};

/** No minima yet, with room for the `most` lowest, from the arena. */
enum status local_minima_make(size_t most, size_t width, struct arena *arena,
                              struct local_minima *minima, struct error *error) CHECKED;

/**
 * Inserts a direction[width] among the minima, if its value is below the threshold and among the
 * `most` lowest.
 */
void local_minima_add(struct local_minima *minima, double threshold, double value,
                      const double *direction);
