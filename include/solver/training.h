/**
 * @file
 * A training: a bundle with the state of its solver; computes the loss and its gradient at the
 * present weights. Arrays are [L] unless said otherwise and belong to the arena of training_make.
 */
#pragma once

#include "solver/batches.h"
#include "solver/solver.h"

/** Terms of the loss: sums over samples, then the squares of every tensor. */
enum { TERM_FIT, TERM_ACTIVITY, TERM_NEGATIVITY, TERM_SPARSITY, TERM_WEIGHTS };

struct training {
    struct bundle bundle;
    struct batches batches; /**< where the bundle is batched */
    struct moment_settings moments;
    const struct train_settings *settings; /**< of the first lane, for what all share */
    bool has_threshold;                    /**< some lane has a fit threshold */
    size_t terms;                          /**< TERM_WEIGHTS + tensor_count */
    float *coefficients;                   /**< [terms][L] */
    float *values;                         /**< [terms][L] of the last loss */
    float *loss;
    float *fit; /**< coefficient of the fit's gradient, 0 below the threshold */
    size_t pass_count;
    struct pass *passes; /**< one for each tile, the same at every step */

    double *learning_rate; /**< in force */
    float *rate, *shrink;  /**< of struct moment_update */
    float *factor, *bound, *norm, *none;
    double beta1_power, beta2_power; /**< β^t */

    float *best_loss;
    float *chosen;         /**< not 0 in lanes whose weights copy_lanes copies */
    double *whole_loss;    /**< of training_measure, [lanes in use] */
    double *gradient_norm; /**< likewise */
};

/** Lays the lanes out for `kernel`, as bundle_make does, and loads their samples. */
enum status training_make(const struct kernel *kernel, const struct network_shape *shape,
                          const struct lane *lanes, size_t count, struct arena *arena,
                          struct training *training, struct error *error) CHECKED;

/** Numbers in tensor t of one lane. */
size_t training_tensor_numbers(const struct bundle *bundle, size_t t);

/**
 * Computes the loss and its gradient, except for the weights' penalty: of the next batch where
 * there are batches, else of all samples. Returns whether every lane's loss is finite.
 */
bool training_loss(struct training *training);

/**
 * Computes the loss of all samples and the norm of its complete gradient, into whole_loss and
 * gradient_norm. Clears the gradient and leaves the rows ready for training_loss.
 */
void training_measure(struct training *training);
