/**
 * @file
 * The result of training, lane by lane.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum {
    /** Points of a loss history: after 0, 1, …, 100 hundredths of the steps. */
    HISTORY_POINTS = 101,
};

/** The loss and its terms, without their coefficients, in double precision. */
struct loss_values {
    double total;
    double fit, activity, negativity, sparsity, weights;
};

/** The result of one lane. Arrays belong to the arena given to train_bundle. */
struct trained {
    bool diverged;           /**< the loss was non-finite at step `steps` */
    bool stopped;            /**< training ended early, since the loss was flat */
    int64_t steps;           /**< steps done */
    struct loss_values loss; /**< of the weights kept; NaN when diverged */
    double gradient; /**< norm of the gradient of the loss of all samples; NaN when diverged or not
                          trained */
    const float *weights;          /**< [parameter_count], the weights kept, tensor after tensor */
    const double *latents;         /**< [N][latents] on the lane's own samples */
    float history[HISTORY_POINTS]; /**< NaN from divergence on */
};
