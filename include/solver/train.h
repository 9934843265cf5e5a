/**
 * @file
 * Training of a bundle, and what comes out of it for every lane.
 */
#pragma once

#include "base/poll.h"
#include "solver/bundle.h"

enum {
    /** Points of a loss history: after 0, 1, …, 100 hundredths of the steps. */
    HISTORY_POINTS = 101,
};

/** The loss and its terms, without their coefficients, in double precision. */
struct loss_values {
    double total;
    double fit, activity, negativity, sparsity, weights;
};

/** What training made of one lane. Arrays belong to the arena given to `train`. */
struct trained {
    bool diverged;           /**< the loss became non-finite before step `steps` */
    bool stopped;            /**< training ended early, since the loss was flat */
    int64_t steps;           /**< steps done */
    struct loss_values loss; /**< of the weights kept; NaN when diverged */
    double gradient; /**< norm of the gradient of the loss of all samples; NaN when diverged or not
                          trained */
    const float *weights;          /**< [parameter_count], the weights kept, tensor after tensor */
    const double *latents;         /**< [N][latents] on the lane's own samples */
    float history[HISTORY_POINTS]; /**< NaN from divergence on */
};

/**
 * Trains the lanes side by side for the steps that their jobs ask for (all the same), then
 * evaluates the weights kept. A lane's result depends on its own job and data alone, and not on
 * where it went on from a snapshot. results[count]. STATUS_STOPPED when `poll` had it leave off;
 * STATUS_BAD_INPUT when a snapshot is of other lanes.
 */
enum status train(const struct kernel *kernel, const struct network_shape *shape,
                  const struct lane *lanes, size_t count, const struct poll *poll,
                  struct arena *arena, struct trained *results, struct error *error) CHECKED;
