/**
 * @file
 * Solvers (what `train.solver` may be), and the parameters of training and of the loss that all
 * solvers and networks share.
 */
#pragma once

#include "sweep/schema.h"

#include <stdbool.h>

enum rate_schedule { RATE_CONSTANT, RATE_STEPPED };
enum clip_kind { CLIP_NONE, CLIP_NORM, CLIP_VALUE };
enum keep_kind { KEEP_LAST, KEEP_BEST };

/** The `train` section, apart from what a solver adds. */
struct train_settings {
    int64_t steps;
    int64_t batch; /**< samples drawn for each step; 0: the whole data set */
    double learning_rate;
    int rate;                      /**< enum rate_schedule */
    int64_t rate_every;            /**< steps between two reductions when stepped */
    double rate_factor;            /**< learning rate is multiplied by this at each reduction */
    int clip;                      /**< enum clip_kind */
    double clip_at;                /**< bound on the global norm, or on each element */
    int keep;                      /**< enum keep_kind */
    int64_t stop_every;            /**< steps between two looks whether to stop early; 0: never */
    double stop_loss;              /**< relative change of the loss since the last look, */
    double stop_gradient;          /**< and norm of its gradient, at which training stops */
    struct file_reference initial; /**< group of initial weights; path "" for random ones */
};

/** The `loss` section: loss = fit·FIT + activity·ACT + negativity·NEG + sparsity·SPA + weights·WGT.
 */
struct loss_settings {
    double fit;
    double activity;
    double negativity;
    int64_t negativity_power; /**< 1 or 2 */
    double sparsity;
    double fit_threshold; /**< FIT enters as max(0, FIT − fit_threshold); 0: plain */
    struct reals weights; /**< one number, or one per weight matrix */
};

/** Declares the `train` section; settings are struct train_settings. */
extern const struct component train_component;

/** Declares the `loss` section; settings are struct loss_settings. */
extern const struct component loss_component;

/** Coefficients of an adaptive-moment solver. */
struct moment_settings {
    double beta1, beta2, epsilon;
    double weight_decay; /**< decoupled (AdamW); 0 for Adam */
};

struct solver {
    struct component component;
    /** Takes no steps: the network itself knows its optimum (network.optimal). */
    bool exact;
    /** The solver's settings as moment coefficients; NULL for an exact one. */
    struct moment_settings (*moments)(const void *settings);
};

/** All solvers, NULL-terminated. */
extern const struct solver *const solvers[];
