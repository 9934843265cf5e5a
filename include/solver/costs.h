/**
 * @file
 * The loss of a sweep as coefficients for the theory of linear autoencoders (theory/costs.h).
 */
#pragma once

#include "job/loss.h"
#include "solver/solver.h"
#include "theory/costs.h"

/** Coefficients for `sources` sources, over which FIT is a mean but costs.fit a sum. */
struct costs costs_of_loss(const struct loss_settings *loss, size_t sources);

/** The same with exact reproduction: with activity 1, weights is the λ of the theory. */
struct costs costs_of_exact_loss(const struct loss_settings *loss);

/** fit_threshold as a sum over sources, like costs.fit, instead of a mean. */
double costs_threshold(const struct loss_settings *loss, size_t sources);
