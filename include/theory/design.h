/**
 * @file
 * How much of each of given neurons: a Bayesian A-optimal design (Chaloner 1984) with costs.
 *
 * Neurons x_k, each scaled to cost 1, are to be used in amounts c_k ≥ 0 that minimise
 *
 *     φ(c) = Σ c_k + μ tr V,    V = (Σ c_k x_k x_kᵀ + prior)⁻¹,
 *
 * which is convex. c is optimal iff μ x_kᵀV²x_k ≤ 1 for all k, with equality where c_k > 0.
 */
#pragma once

#include "base/arena.h"

#include <stddef.h>

struct design {
    size_t width;        /**< d, numbers of a neuron */
    double output;       /**< μ, cost of squared output weights */
    const double *prior; /**< [d][d] positive semidefinite; NULL: 0 */
    size_t count, room;  /**< neurons there are, and that there is room for */
    double *neurons;     /**< [room][d] */
    double *amounts;     /**< [room]: c */
    double value;        /**< φ */
    double *covariance;  /**< [d][d], V */
    /** [d][d] upper R, or NULL: with it the prior is ridge · (RᵀR)⁻¹ instead, and V = Rᵀ (Σ c_k
     * Rx_k(Rx_k)ᵀ + ridge)⁻¹ R exists to rounding also where RᵀR is almost singular. */
    const double *prior_root;
    double ridge;
    double prior_share; /**< tr(V prior V) */
};

/** An empty design with room for `room` neurons; memory belongs to the arena. */
enum status design_make(size_t width, double output, const double *prior, size_t room,
                        struct arena *arena, struct design *design, struct error *error) CHECKED;

/** Copies a design with all that it holds; memory belongs to the arena. */
enum status design_copy(const struct design *design, struct arena *arena, struct design *copy,
                        struct error *error) CHECKED;

/** Adds a neuron[d] of cost 1, in no amount yet. There must be room. */
void design_add(struct design *design, const double *neuron);

/**
 * Finds the optimal amounts of the neurons there are, by a primal-dual interior-point method, to
 * about 1e-12 of φ, or as far as rounding allows, starting from the amounts there are. Neurons must
 * span all of space unless `prior` is definite. STATUS_BAD_INPUT when they do not.
 */
enum status design_solve(struct design *design, struct arena *arena, struct error *error) CHECKED;

/** Forgets neurons whose amount, which is the cost that they are used for, is not above `least`. */
void design_prune(struct design *design, double least);
