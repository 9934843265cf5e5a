/**
 * @file
 * The parameters that Adam and its variants share, for their tables.
 */
#pragma once

#include "solver/solver.h"

#include <stddef.h>

#define MOMENT_PARAMETERS                                                                          \
    {.name = "beta1",                                                                              \
     .type = PARAMETER_REAL,                                                                       \
     .offset = offsetof(struct moment_settings, beta1),                                            \
     .unit = "",                                                                                   \
     .minimum = 0,                                                                                 \
     .maximum = 1,                                                                                 \
     .fallback = "0.9",                                                                            \
     .flags = PARAMETER_BELOW_MAXIMUM | PARAMETER_SHAPES,                                          \
     .help = "decay of the gradient's running mean"},                                              \
        {.name = "beta2",                                                                          \
         .type = PARAMETER_REAL,                                                                   \
         .offset = offsetof(struct moment_settings, beta2),                                        \
         .unit = "",                                                                               \
         .minimum = 0,                                                                             \
         .maximum = 1,                                                                             \
         .fallback = "0.999",                                                                      \
         .flags = PARAMETER_BELOW_MAXIMUM | PARAMETER_SHAPES,                                      \
         .help = "decay of the squared gradient's running mean"},                                  \
    {                                                                                              \
        .name = "epsilon", .type = PARAMETER_REAL,                                                 \
        .offset = offsetof(struct moment_settings, epsilon), .unit = "", .minimum = 1e-30,         \
        .maximum = 1, .fallback = "1e-8", .flags = PARAMETER_SHAPES,                               \
        .help = "added to the root of the squared gradient"                                        \
    }
