/**
 * @file
 * Minibatches, of whole sequences where the network takes those: samples below are then sequences.
 * Every lane goes through its own data set in a random order, drawn anew for each epoch from its
 * job's own stream; a batch may begin in one epoch and end in the next. No batch depends on the
 * neighbours, so lanes may have data sets of different sizes.
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
    size_t *place;                 /**< [lanes in use], samples of the epoch that are used up */
    struct random_stream *streams; /**< [lanes in use] */
    uint32_t *chosen;              /**< [size], places in the order of the lane being drawn */
    uint32_t *drawn;               /**< [size][lanes in use], the batch */
};

/** Makes the bundle's lanes ready to draw from. Memory belongs to the arena. */
enum status batches_make(const struct bundle *bundle, struct arena *arena, struct batches *batches,
                         struct error *error) CHECKED;

/** Makes the rows ready for batches again after load_samples, which gave them other weights. */
void batches_reset(const struct batches *batches, const struct bundle *bundle);

/**
 * Fills the bundle's rows with the next batch of every lane. A sample of weight w counts w N / B,
 * which makes the loss of a batch right on average.
 */
void batches_draw(struct batches *batches, const struct bundle *bundle);
