/*
 * No training: the global minimum of the loss, from the theory of linear autoencoders with
 * nonnegative latents (theory/optimum.h).
 */
#include "solver/solver.h"

extern const struct solver exact_solver;

const struct solver exact_solver = {
    .component = {.name = "exact",
                  .help = "no steps: the certified global minimum (linear_autoencoder only)"},
    .exact = true,
};
