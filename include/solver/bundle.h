/**
 * @file
 * A bundle: up to L jobs of equal shape laid out side by side for the kernels, as arrays [..][L]
 * with the lane innermost. Missing lanes and samples are padded with weight 0. The bundle says
 * where everything lies; loading.h and batches.h fill its rows, training.h computes on it.
 */
#pragma once

#include "base/arena.h"
#include "job/job.h"
#include "network/pass.h"

struct snapshot_lane;

/** One job of a bundle with its data. */
struct lane {
    const struct job *job;
    const struct dataset *data;
    const double *initial; /**< [parameter_count] weights before the first step */
    /** Where to resume (solver/snapshot.h); NULL: at the first step. */
    const struct snapshot_lane *from;
};

/** All arrays that training works on. They belong to the arena given to bundle_make. */
struct bundle {
    const struct kernel *kernel;
    const struct network *network;
    struct network_shape shape;
    const struct lane *lanes; /**< [count], as given to bundle_make */
    size_t count;             /**< lanes in use, at most kernel->lanes */
    size_t steps;   /**< T of the sequences that a recurrent network takes; 1 for others */
    size_t samples; /**< rows: N of the longest lane, or those of a batch, padded; of whole
                         sequences, see bundle_rows */
    size_t tile;    /**< rows of one pass */
    bool batched;   /**< every step fills the rows with the next batch (solver/batches.h) */
    bool by_input;  /**< the sample with one-hot input k lies in row k */

    float *inputs;  /**< [samples][inputs][L]; NULL when one hot */
    uint32_t *hot;  /**< [samples][L], of struct pass; NULL unless one hot */
    float *targets; /**< [samples][outputs][L]; the same array as inputs where data says so */
    float *sample_weights;    /**< [samples][L] */
    float *activity_slopes;   /**< [samples][L] of struct latent_penalty */
    float *negativity_slopes; /**< [samples][L] */
    float *sparsity_slopes;   /**< [samples][L]; NULL where the loss has no such term */
    float *activity;          /**< [L] coefficients of the loss */
    float *negativity;        /**< [L] */
    float *mean; /**< of struct input_statistics; these three NULL unless shape.uses_statistics */
    float *covariance;
    float *weighted_inputs; /**< [samples][inputs][L] */

    float *weights; /**< [parameter_count][L]; likewise the next four */
    float *gradient;
    float *first_moment;
    float *second_moment;
    float *best;
    float *tensors[NETWORK_TENSORS_MAX];   /**< into weights */
    float *gradients[NETWORK_TENSORS_MAX]; /**< into gradient */
    float *penalties;                      /**< [tensor_count][L] coefficients of WGT */

    float *latents; /**< [tile][latents][L] */
    float *outputs; /**< [tile][outputs][L] */
    float *scratch; /**< [tile × scratch_per_row][L] */
};

/**
 * The most samples, or sequences, of one pass: as many as fit into the cache. Gradients are summed
 * over sequences tile by tile, so for equal bits it depends on the shape alone.
 */
size_t bundle_tile(const struct network_shape *shape, size_t lanes);

/** Where a sequence lies in the rows of a bundle; a sample is a sequence of one step. */
struct bundle_rows {
    size_t first;  /**< row of the first step */
    size_t stride; /**< rows between two steps */
};

/**
 * The rows of sequence number `sequence` of the bundle. A pass holds the first steps of all its
 * sequences, then their second steps, and so on, so that each step is one block. A number beyond
 * the bundle's sequences gets rows beyond its own.
 */
struct bundle_rows bundle_rows(const struct bundle *bundle, size_t sequence);

/** The kernel that a job is trained with; it does not depend on the other lanes. */
const struct kernel *bundle_kernel(const struct network_shape *shape, const struct lane *lane);

/**
 * Lays `count` jobs out, with room for all their samples or for a batch; load_samples or
 * batches_make fills the rows. All jobs must share network kind, solver and every parameter flagged
 * PARAMETER_SHAPES; `kernel` is bundle_kernel or, in tests, any other with as many lanes. Lanes
 * must outlive the bundle.
 */
enum status bundle_make(const struct kernel *kernel, const struct network_shape *shape,
                        const struct lane *lanes, size_t count, struct arena *arena,
                        struct bundle *bundle, struct error *error) CHECKED;

/** The largest N of the lanes. */
size_t bundle_longest(const struct bundle *bundle);

/** The numbers of one lane out of [count][L]. */
void bundle_extract(const struct bundle *bundle, const float *array, size_t count, size_t lane,
                    float *numbers);

/** A pass over the tile that starts at sample `first`, without the loss's coefficients and sums. */
struct pass bundle_pass(const struct bundle *bundle, size_t first);
