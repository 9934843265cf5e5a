/**
 * @file
 * A sweep's loss as the theory of linear autoencoders knows it.
 */
#pragma once

#include "solver/solver.h"
#include "theory/hinge.h"

/** Coefficients for `sources` sources, over which FIT is a mean but costs.fit a sum. */
struct costs costs_of_loss(const struct loss_settings *loss, size_t sources);

/** The same with exact reproduction: with activity 1, weights is the λ of the theory. */
struct costs costs_of_exact_loss(const struct loss_settings *loss);

/** The least loss of any network with nonnegative latents, its fit_threshold included. */
enum status costs_optimum(const struct geometry *geometry, const struct loss_settings *loss,
                          size_t most_neurons, struct arena *arena, struct optimum *optimum,
                          struct error *error) CHECKED;
