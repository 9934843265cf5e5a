#include "network/pass.h"

void pass_add_latent_values(const struct pass *pass) {
    struct latent_sums sums = {.sample_weights = pass->sample_weights,
                               .negativity_power = pass->negativity_power,
                               .activity = pass->activity_sum,
                               .negativity = pass->negativity_sum,
                               .sparsity = pass->sparsity_sum};
    pass->kernel->latent_values(pass->rows, pass->shape->latents, pass->latents, &sums);
}

void pass_add_latent_gradient(const struct pass *pass, float *dz) {
    struct latent_penalty penalty = {.latents = pass->latents,
                                     .activity = pass->activity_slopes,
                                     .negativity = pass->negativity_slopes,
                                     .sparsity = pass->sparsity_slopes,
                                     .negativity_power = pass->negativity_power};
    pass->kernel->latent_gradient(pass->rows, pass->shape->latents, &penalty, dz);
}
