/**
 * @file
 * How large a penalty on negative latents must be to forbid them.
 */
#pragma once

#include "theory/costs.h"
#include "theory/geometry.h"

/**
 * The coefficient of NEG (its power 1) from which on no network has less loss than the optimum of
 * nonnegative ones, `energy`. In a network of less loss every neuron has wᵀBw < energy, B =
 * activity · C + weights_in, hence needs a bias h(w) < H = √energy · max_i √(s̄_iᵀB⁻¹s̄_i). Raising
 * its bias to h(w) costs activity · 2H for each unit of bias at most, and saves the coefficient
 * times the weight of the vertex whose latent was lowest. So 2 · activity · H / (least weight of a
 * vertex) suffices; less may. NaN where the hull is too large or B is not definite.
 */
enum status negativity_sufficient(const struct geometry *geometry, const struct costs *costs,
                                  double energy, struct arena *arena, double *coefficient,
                                  struct error *error) CHECKED;
