/**
 * @file
 * The `train` section of a sweep, apart from what a solver adds.
 */
#pragma once

#include "parameter/parameter.h"

enum rate_schedule { RATE_CONSTANT, RATE_STEPPED };
enum clip_kind { CLIP_NONE, CLIP_NORM, CLIP_VALUE };
enum keep_kind { KEEP_LAST, KEEP_BEST };

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
    int64_t stop_every;            /**< steps between two checks whether to stop early; 0: never */
    double stop_loss;              /**< stop if the loss changed by no more, relatively, */
    double stop_gradient;          /**< and the norm of its gradient is no larger */
    struct file_reference initial; /**< group of initial weights; path "" for random ones */
};

/** Declares the `train` section; settings are struct train_settings. */
extern const struct component train_component;
