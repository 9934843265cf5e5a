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
 * As margin_find, for prescriptions (additions.h, removals.h), which need an exact margin.
 * STATUS_BAD_INPUT when the hull is too large (geometry->fan.complete is false).
 */
enum status margin_find_exact(const struct geometry *geometry, double tolerance,
                              struct arena *arena, struct margin *margin,
                              struct error *error) CHECKED;

/**
 * The unit direction[S] that proves data mixed: that of the margin, or, where its violation is
 * within tolerance because the sources' units differ in magnitude, the lowest one with every source
 * measured in units of its range. Scratch memory comes from the arena.
 */
enum status margin_direction(const struct geometry *geometry, const struct margin *margin,
                             double tolerance, struct arena *arena, double *direction,
                             struct error *error) CHECKED;
