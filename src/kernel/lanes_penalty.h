/**
 * @file
 * The penalties on latent activity over lanes, for src/kernel/lanes.c alone.
 */
#pragma once

#include "lanes_vector.h"

INLINE vector lanes_magnitude(vector z) {
    return lanes_where(z < 0.0f, -z) + lanes_where(~(z < 0.0f), z);
}

INLINE void lanes_values_of(const int power, const bool sparse, size_t rows, size_t latents,
                            const float *z, const struct latent_sums *sums) {
    FOR_PARTS {
        vector activity = lanes_load(sums->activity + part, 0);
        vector negativity = lanes_load(sums->negativity + part, 0);
        vector sparsity = sparse ? lanes_load(sums->sparsity + part, 0) : (vector){0};
        for (size_t r = 0; r < rows; r++) {
            vector squares = {0};
            vector negatives = {0};
            vector magnitudes = {0};
            for (size_t h = 0; h < latents; h++) {
                vector value = lanes_load(z + part, r * latents + h);
                vector negative = lanes_where(value < 0.0f, value);
                squares = lanes_fused(value, value, squares);
                if (power == 1) {
                    negatives -= negative;
                } else {
                    negatives = lanes_fused(negative, negative, negatives);
                }
                if (sparse) {
                    magnitudes += lanes_magnitude(value);
                }
            }
            vector weight = lanes_load(sums->sample_weights + part, r);
            activity = lanes_fused(weight, squares, activity);
            negativity = lanes_fused(weight, negatives, negativity);
            sparsity = lanes_fused(weight, magnitudes, sparsity);
        }
        lanes_store(sums->activity + part, 0, activity);
        lanes_store(sums->negativity + part, 0, negativity);
        if (sparse) {
            lanes_store(sums->sparsity + part, 0, sparsity);
        }
    }
}

static void lanes_latent_values(size_t rows, size_t latents, const float *z,
                                const struct latent_sums *sums) {
    if (sums->sparsity != NULL) {
        if (sums->negativity_power == 1) {
            lanes_values_of(1, true, rows, latents, z, sums);
        } else {
            lanes_values_of(2, true, rows, latents, z, sums);
        }
    } else if (sums->negativity_power == 1) {
        lanes_values_of(1, false, rows, latents, z, sums);
    } else {
        lanes_values_of(2, false, rows, latents, z, sums);
    }
}

INLINE void lanes_gradient_of(const int power, const bool sparse, size_t rows, size_t latents,
                              const struct latent_penalty *penalty, float *gradient) {
    FOR_PARTS {
        for (size_t r = 0; r < rows; r++) {
            vector activity = lanes_load(penalty->activity + part, r);
            vector negativity = lanes_load(penalty->negativity + part, r);
            vector sparsity = sparse ? lanes_load(penalty->sparsity + part, r) : (vector){0};
            for (size_t h = 0; h < latents; h++) {
                size_t at = r * latents + h;
                vector z = lanes_load(penalty->latents + part, at);
                vector dz = lanes_fused(activity, z, lanes_load(gradient + part, at));
                if (power == 1) {
                    dz -= lanes_where(z < 0.0f, negativity);
                } else {
                    dz = lanes_fused(negativity, lanes_where(z < 0.0f, z), dz);
                }
                if (sparse) {
                    dz += lanes_where(z > 0.0f, sparsity) - lanes_where(z < 0.0f, sparsity);
                }
                lanes_store(gradient + part, at, dz);
            }
        }
    }
}

static void lanes_latent_gradient(size_t rows, size_t latents, const struct latent_penalty *penalty,
                                  float *dz) {
    if (penalty->sparsity != NULL) {
        if (penalty->negativity_power == 1) {
            lanes_gradient_of(1, true, rows, latents, penalty, dz);
        } else {
            lanes_gradient_of(2, true, rows, latents, penalty, dz);
        }
    } else if (penalty->negativity_power == 1) {
        lanes_gradient_of(1, false, rows, latents, penalty, dz);
    } else {
        lanes_gradient_of(2, false, rows, latents, penalty, dz);
    }
}
