/**
 * @file
 * The basis of prescriptions (additions.h, removals.h): the exact margin, and the fact that data
 * with a sample on every corner of their bounding box are modular.
 *
 * Corners. Let the corner that is lowest along w be a sample, σ_j the sign of w_j and a_j ≥ reach_j
 * the distance from the mean to that corner along source j. Then h(w) = Σ |w_j| a_j, and
 *
 *     h² − wᵀSw = Σ_j w_j² (a_j² − reach_j²) + Σ_{j≠k} |w_j w_k| (a_j a_k + σ_j σ_k C_jk) ≥ 0,
 *
 * since a_j a_k + σ_j σ_k C_jk = E[(a_j + σ_j s̄_j)(a_k + σ_k s̄_k)] ≥ 0: no factor is negative in
 * the box. So this one corner satisfies the condition for all w of its orthant, whatever the data
 * and weights.
 */
#pragma once

#include "theory/margin.h"

/**
 * As margin_find, for a margin that has to be exact. STATUS_BAD_INPUT when the hull is too large
 * (geometry->fan.complete is false).
 */
enum status prescribe_margin(const struct geometry *geometry, double tolerance, struct arena *arena,
                             struct margin *margin, struct error *error) CHECKED;

/**
 * The unit direction[S] that proves data mixed: that of the margin, or, where its violation is
 * within tolerance because the sources' units differ in magnitude, the lowest one with every source
 * measured in units of its range. Scratch memory comes from the arena.
 */
enum status prescribe_direction(const struct geometry *geometry, const struct margin *margin,
                                double tolerance, struct arena *arena, double *direction,
                                struct error *error) CHECKED;
