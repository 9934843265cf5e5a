/**
 * @file
 * A sweep's loss as the theory of linear autoencoders knows it.
 */
#pragma once

#include "job/loss.h"
#include "solver/solver.h"
#include "theory/costs.h"

/** Coefficients for `sources` sources, over which FIT is a mean but costs.fit a sum. */
struct costs costs_of_loss(const struct loss_settings *loss, size_t sources);

/** The same with exact reproduction: with activity 1, weights is the λ of the theory. */
struct costs costs_of_exact_loss(const struct loss_settings *loss);

/** fit_threshold, which is a mean over sources, in the sum over them that costs.fit is for. */
double costs_threshold(const struct loss_settings *loss, size_t sources);
