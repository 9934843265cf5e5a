/**
 * @file
 * Whether the optimal linear nonnegative autoencoder of a cloud is modular, and how far from it
 * (theorems 2.1 and 2.2 of arXiv 2410.06232).
 */
#pragma once

#include "theory/geometry.h"

/** Violations up to this share of what the ranges of the sources would allow are rounding. */
#define MARGIN_TOLERANCE 1e-9

struct margin {
    double value; /**< min over unit w of (min_i w·s̄_i)² − wᵀSw: 0 for modular data, negative
                       for mixed; in the sources' units, squared */
    double *direction; /**< [S] the unit w that attains it */
    bool modular;      /**< with every source measured in units of its range, the margin is not
                            below −tolerance: does not depend on any source's unit */
    bool exact;        /**< false: the hull is too large, and `value` is the lowest found */
    double bound;      /**< no direction has a margin below; equals value when exact */
    bool known;        /**< false: neither modular nor mixed was proved */
};

/** Finds the margin; memory belongs to the arena. */
enum status margin_find(const struct geometry *geometry, double tolerance, struct arena *arena,
                        struct margin *margin, struct error *error) CHECKED;

/**
 * The same with every source measured in units of its range: the lowest value, not above 0, a bound
 * below it (equal to it when exact), and, where the value is below 0, its direction[S] of unit
 * length in the sources' own units; the direction is left alone otherwise.
 */
enum status margin_in_ranges(const struct geometry *geometry, struct arena *arena, double *value,
                             double *bound, double *direction, struct error *error) CHECKED;
