/**
 * @file
 * One pass of a network over a tile of samples: the arguments of `network.gradient` and
 * `network.forward`. All arrays are [..][L], as the kernels expect.
 */
#pragma once

#include "kernel/kernel.h"
#include "network/network.h"

/** Mean and covariance of the data. In a linear network of few inputs they replace most sums over
 * samples. */
struct input_statistics {
    const float *mean;       /**< [inputs][L] */
    const float *covariance; /**< [inputs][inputs][L] */
    const float *weighted;   /**< w x [rows][inputs][L], of the tile's samples */
};

struct pass {
    const struct kernel *kernel;
    const struct network_shape *shape;
    size_t rows; /**< samples in this tile; of whole sequences, step by step */
    bool first;  /**< the first tile of all samples */
    bool last;   /**< the last one */

    const float *inputs;                /**< [rows][inputs][L]; NULL when one hot */
    const uint32_t *hot;                /**< [rows][L]: which input is 1; NULL unless one hot */
    const float *targets;               /**< [rows][outputs][L] */
    const float *sample_weights;        /**< [rows][L], 0 for padding */
    struct input_statistics statistics; /**< NULL where inputs are many, and for batches */

    float *const *weights;   /**< per tensor of the shape */
    float *const *gradients; /**< per tensor; `gradient` adds to them */

    const float *fit;             /**< [L] coefficient of FIT, 0 in lanes below the fit threshold */
    const float *activity;        /**< [L] coefficient of ACT */
    const float *negativity;      /**< [L] coefficient of NEG */
    const float *activity_slopes; /**< [rows][L], see struct latent_penalty */
    const float *negativity_slopes; /**< [rows][L] */
    const float *sparsity_slopes;   /**< [rows][L]; NULL where the loss has no such term */
    int negativity_power;

    float *fit_sum;        /**< [L]; the pass adds to the sums; this one by `gradient` alone */
    float *activity_sum;   /**< [L] */
    float *negativity_sum; /**< [L] */
    float *sparsity_sum;   /**< [L]; NULL where the loss has no such term */

    float *latents; /**< [rows][latents][L], filled by both */
    float *outputs; /**< [rows][outputs][L], filled by `forward`; `gradient` leaves dy there */
    float *scratch; /**< [rows × shape.scratch_per_row][L], for `gradient`, kept between tiles */
};

/** Adds the penalties' values over the pass's latents to its sums. */
void pass_add_latent_values(const struct pass *pass);

/** Adds the penalties' gradient by the latents to dz[rows][latents][L]. */
void pass_add_latent_gradient(const struct pass *pass, float *dz);
