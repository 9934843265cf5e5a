/**
 * @file
 * Multinomial logistic regression without penalty, by L-BFGS (J. Nocedal 1980, through libLBFGS).
 */
#pragma once

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** What is to be predicted, and from what. Not owned. */
struct softmax_task {
    size_t samples, features, classes;
    const double *design;  /**< [samples][features]; a column of ones gives intercepts */
    const uint32_t *codes; /**< [samples], in 0 … classes − 1 */
    const double *weights; /**< [samples], sum 1: of the samples in the fit */
};

/**
 * Minimises the weighted mean of −log p(code) with p the softmax of design · coefficients over
 * coefficients[features][classes], owned by the arena. Where classes are separable the minimum
 * is at infinity: the fit ends when the mean has fallen to `enough` (nats), or after a bounded
 * number of steps.
 */
enum status softmax_fit(const struct softmax_task *task, double enough, struct arena *arena,
                        double **coefficients, struct error *error) CHECKED;

/** Mean of −log p(code) under the weights, in nats. */
enum status softmax_loss(const struct softmax_task *task, const double *weights,
                         const double *coefficients, struct arena *arena, double *loss,
                         struct error *error) CHECKED;
