/*
 * Adam (D. P. Kingma and J. Ba, ICLR 2015, algorithm 1) and AdamW, Adam with decoupled weight decay
 * (I. Loshchilov and F. Hutter, ICLR 2019, algorithm 2).
 */
#include "solver/solver.h"

static const struct parameter parameters[] = {
    {.type = PARAMETER_REAL,
     PARAMETER_FIELD(struct moment_settings, beta1),
     PARAMETER_RANGE(0, 1),
     .fallback = "0.9",
     .flags = PARAMETER_BELOW_MAXIMUM | PARAMETER_SHAPES,
     .help = "decay of the gradient's running mean"},
    {.type = PARAMETER_REAL,
     PARAMETER_FIELD(struct moment_settings, beta2),
     PARAMETER_RANGE(0, 1),
     .fallback = "0.999",
     .flags = PARAMETER_BELOW_MAXIMUM | PARAMETER_SHAPES,
     .help = "decay of the squared gradient's running mean"},
    {.type = PARAMETER_REAL,
     PARAMETER_FIELD(struct moment_settings, epsilon),
     PARAMETER_RANGE(1e-30, 1),
     .fallback = "1e-8",
     .flags = PARAMETER_SHAPES,
     .help = "added to the root of the squared gradient"},
    /* Of AdamW alone, so it comes last. */
    {.type = PARAMETER_REAL,
     PARAMETER_FIELD(struct moment_settings, weight_decay),
     PARAMETER_RANGE(0, 1e6),
     .fallback = "0.01",
     .help = "decoupled decay: each step shrinks the weights by learning rate x this"},
};

enum { ADAMW_PARAMETERS = sizeof parameters / sizeof *parameters };

static struct moment_settings adam_moments(const void *settings) {
    return *(const struct moment_settings *)settings;
}

const struct solver adam_solver = {
    .component = {.name = "adam",
                  .help = "Adam (Kingma & Ba 2015)",
                  .parameters = parameters,
                  .parameter_count = ADAMW_PARAMETERS - 1,
                  .settings_size = sizeof(struct moment_settings)},
    .moments = adam_moments,
};

const struct solver adamw_solver = {
    .component = {.name = "adamw",
                  .help = "Adam with decoupled weight decay (Loshchilov & Hutter 2019)",
                  .parameters = parameters,
                  .parameter_count = ADAMW_PARAMETERS,
                  .settings_size = sizeof(struct moment_settings)},
    .moments = adam_moments,
};
