/**
 * @file
 * Copies samples of the lanes' data sets into the rows of a bundle.
 */
#pragma once

#include "solver/bundle.h"

/** Sets the weight of a row, in the loss and in the slopes of its penalties. */
void load_sample_weight(const struct bundle *bundle, size_t lane, size_t row, double weight);

/** Gives unused lanes the one-hot inputs of the first, so that all lanes of a row can agree. */
void load_unused(const struct bundle *bundle);

/**
 * Loads samples first, first + 1, … of every lane, as many as there are rows. Lanes with fewer are
 * padded with weight 0.
 */
void load_samples(const struct bundle *bundle, size_t first);

/** The row of a lane's sample `n` after load_samples(first). */
size_t load_row(const struct bundle *bundle, size_t lane, size_t first, size_t n);
