/**
 * @file
 * The optimal-design problem in coordinates of the affine hull, where the covariance is not
 * singular; for optimum.c and neurons.c.
 */
#pragma once

#include "theory/costs.h"
#include "theory/design.h"
#include "theory/geometry.h"

struct problem {
    const struct cloud *cloud;
    const struct costs *costs;
    size_t width;      /**< d */
    struct fan fan;    /**< in coordinates of the affine hull */
    double *basis;     /**< [d + 1][S], orthonormal rows (and scratch) */
    double *quadratic; /**< [d][d], activity · C + weights_in */
    double *root;      /**< [d][d] upper, C = rootᵀ root */
    struct design design;
};

/**
 * Maps the geometry to its affine hull and makes a design of the axes of all sources that vary,
 * each with the cheaper sign, in amounts of 0. Memory belongs to the arena.
 */
enum status problem_make(const struct geometry *geometry, const struct costs *costs,
                         struct arena *arena, struct problem *problem, struct error *error) CHECKED;

/** a(w), w[d]: what a neuron costs with the bias it needs. */
double problem_cost(const struct problem *problem, const double *direction);

/** Adds a neuron along direction[d], scaled to cost 1, unless the design is full. */
void problem_add(struct problem *problem, double *direction);
