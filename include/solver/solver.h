/**
 * @file
 * Solvers: what `train.solver` may be.
 */
#pragma once

#include "parameter/parameter.h"

#include <stdbool.h>

/** Coefficients of an adaptive-moment solver. */
struct moment_settings {
    double beta1, beta2, epsilon;
    double weight_decay; /**< decoupled (AdamW); 0 for Adam */
};

struct solver {
    struct component component;
    /** Takes no steps: the network itself knows its optimum (network.optimal). */
    bool exact;
    /** The solver's settings as coefficients; NULL for an exact solver. */
    struct moment_settings (*moments)(const void *settings);
};

/** All solvers, NULL-terminated. */
extern const struct solver *const solvers[];
