/*
 * No training: the least loss with nonnegative latents, from the theory of linear autoencoders
 * (theory/optimum.h).
 */
#include "solver/solver.h"

const struct solver exact_solver = {
    .component =
        {.name = "exact",
         .help = "no steps: the least loss with nonnegative latents (linear_autoencoder only)"},
    .exact = true,
};
