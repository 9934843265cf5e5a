/**
 * @file
 * The weights of an optimal linear autoencoder.
 */
#pragma once

#include "network/network.h"

/** As network.optimal, for tensors W1, b1, W2, b2 in this order; neurons that are not needed stay
 * 0. */
enum status linear_optimum(const struct network_shape *shape, const struct dataset *data,
                           const struct costs *costs, double threshold, struct arena *arena,
                           double *weights, double *latents, double *outputs,
                           struct error *error) CHECKED;
