/*
 * AdamW: I. Loshchilov and F. Hutter, ICLR 2019, algorithm 2.
 */
#include "solver/moments.h"
#include "solver/solver.h"

static const struct parameter parameters[] = {
    MOMENT_PARAMETERS,
    {.name = "weight_decay",
     .type = PARAMETER_REAL,
     .offset = offsetof(struct moment_settings, weight_decay),
     .unit = "",
     .minimum = 0,
     .maximum = 1e6,
     .fallback = "0.01",
     .help = "decoupled decay: weights shrink by learning rate x this at each step"},
};

static struct moment_settings adamw_moments(const void *settings) {
    return *(const struct moment_settings *)settings;
}

extern const struct solver adamw_solver;

const struct solver adamw_solver = {
    .component = {.name = "adamw",
                  .help = "Adam with decoupled weight decay (Loshchilov & Hutter 2019)",
                  .parameters = parameters,
                  .parameter_count = sizeof parameters / sizeof parameters[0],
                  .settings_size = sizeof(struct moment_settings)},
    .moments = adamw_moments,
};
