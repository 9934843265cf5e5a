/**
 * @file
 * The `loss` section of a sweep: the coefficients of the loss.
 */
#pragma once

#include "parameter/parameter.h"

/** The `loss` section: loss = fit·FIT + activity·ACT + negativity·NEG + sparsity·SPA + weights·WGT.
 */
struct loss_settings {
    double fit;
    double activity;
    double negativity;
    int64_t negativity_power; /**< 1 or 2 */
    double sparsity;
    double fit_threshold; /**< the loss has max(0, FIT − fit_threshold) for FIT; 0: FIT itself */
    struct reals weights; /**< one number, or one per weight matrix */
};

/** Declares the `loss` section; settings are struct loss_settings. */
extern const struct component loss_component;
