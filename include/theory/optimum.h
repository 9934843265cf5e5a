/**
 * @file
 * The optimal linear nonnegative autoencoder of a cloud, over any number of neurons, with a
 * certificate.
 *
 * A neuron with input weights w needs the bias h(w) = max_i −w·s̄_i to be nonnegative, and costs
 * a(w) = activity · (wᵀCw + h(w)²) + weights_in · |w|². With M = Σ w_k w_kᵀ the best output weights
 * cost weights_out · tr V, V = (M + weights_out/fit · C⁻¹)⁻¹, fit included. Both the problem with
 * exact reproduction (fit infinite) and the penalised loss are thus an optimal design (design.h)
 * whose candidates are all directions. A design is optimal iff weights_out · wᵀV²w ≤ a(w) for all w
 * (equivalence theorem, Kiefer & Wolfowitz 1960); the worst w is the next neuron to add.
 */
#pragma once

#include "theory/costs.h"
#include "theory/geometry.h"

struct optimum {
    double energy;         /**< of the neurons below: E*, to within the gap */
    double bound;          /**< certified: no autoencoder has less */
    double gap;            /**< (energy − bound) / energy */
    double modular_energy; /**< the least in which each source that varies has its own neurons;
                                NaN with a finite fit where sources depend on one another */
    double price;          /**< of modularity, 1 − energy / modular_energy */
    double angle;          /**< radians, of the most mixed neuron from its nearest axis */
    struct neurons neurons;
};

/**
 * Finds the optimum; of at most `most_neurons` (0: any number) a good network, not always the best
 * of that size. The gap is then still that to the best network of any size. Memory belongs to the
 * arena. STATUS_BAD_INPUT when costs have no minimum, or so few neurons cannot reproduce the
 * sources exactly where they have to.
 */
enum status optimum_find(const struct geometry *geometry, const struct costs *costs,
                         size_t most_neurons, struct arena *arena, struct optimum *optimum,
                         struct error *error) CHECKED;
