/**
 * @file
 * Minibatches. Where the network takes sequences, a batch consists of whole ones, and "samples"
 * below means sequences. Every lane goes through its own data set in a random order, drawn for each
 * epoch from its job's own stream. A batch may begin in one epoch and end in the next. Batches do
 * not depend on other lanes, so data sets may differ in size.
 */
#pragma once

#include "solver/bundle.h"

struct batches {
    size_t size;                   /**< samples of a batch */
    bool weighted;                 /**< some lane's samples have different weights */
    const float **inputs;          /**< [lanes in use], each [N][inputs]; NULL when one hot */
    const float **targets;         /**< [lanes in use], each [N][targets]; NULL where targets are
                                        the inputs */
    uint32_t **order;              /**< [lanes in use][N], the epoch's order as far as drawn */
    size_t *place;                 /**< [lanes in use], samples of the epoch already used */
    struct random_stream *streams; /**< [lanes in use] */
    uint32_t *chosen;              /**< [size], places in the order of the lane being drawn */
    uint32_t *drawn;               /**< [size][lanes in use], the batch */
};

/** Prepares drawing from the bundle's lanes, and its rows. Memory belongs to the arena. */
enum status batches_make(const struct bundle *bundle, struct arena *arena, struct batches *batches,
                         struct error *error) CHECKED;

/** Prepares the rows for batches again after load_samples, which changes their weights. */
void batches_reset(const struct batches *batches, const struct bundle *bundle);

/**
 * Fills the bundle's rows with the next batch of every lane. A sample of weight w counts w N / B,
 * which makes the loss of a batch right on average.
 */
void batches_draw(struct batches *batches, const struct bundle *bundle);
