/**
 * @file
 * Samples of the lanes' data sets put into the rows of a bundle.
 */
#pragma once

#include "solver/bundle.h"

/** What a row counts, in the loss and in the slopes of its penalties. */
void load_weight(const struct bundle *bundle, size_t lane, size_t row, double weight);

/** Gives lanes not in use the one-hot inputs of the first, so that they do not spoil agreement. */
void load_unused(const struct bundle *bundle);

/**
 * Samples first, first + 1, … of every lane, as many as there are rows; a lane without so many is
 * padded with weight zero.
 */
void load_samples(const struct bundle *bundle, size_t first);

/** The row of a lane's sample `n` after load_samples(first). */
size_t load_row(const struct bundle *bundle, size_t lane, size_t first, size_t n);
