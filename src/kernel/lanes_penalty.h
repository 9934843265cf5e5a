/**
 * @file
 * The penalties on latent activity over lanes, for src/kernel/lanes.c alone.
 */
#pragma once

#include "lanes_vector.h"

INLINE vector magnitude(vector z) {
    return where(z < 0.0f, -z) + where(~(z < 0.0f), z);
}

INLINE void values_of(const int power, const bool sparse, size_t rows, size_t latents,
                      const float *z, const struct latent_sums *sums) {
    FOR_PARTS {
        vector activity = load(sums->activity + part, 0);
        vector negativity = load(sums->negativity + part, 0);
        vector sparsity = sparse ? load(sums->sparsity + part, 0) : (vector){0};
        for (size_t r = 0; r < rows; r++) {
            vector squares = {0};
            vector negatives = {0};
            vector magnitudes = {0};
            for (size_t h = 0; h < latents; h++) {
                vector value = load(z + part, r * latents + h);
                vector negative = where(value < 0.0f, value);
                squares = fused(value, value, squares);
                if (power == 1) {
                    negatives -= negative;
                } else {
                    negatives = fused(negative, negative, negatives);
                }
                if (sparse) {
                    magnitudes += magnitude(value);
                }
            }
            vector weight = load(sums->sample_weights + part, r);
            activity = fused(weight, squares, activity);
            negativity = fused(weight, negatives, negativity);
            sparsity = fused(weight, magnitudes, sparsity);
        }
        store(sums->activity + part, 0, activity);
        store(sums->negativity + part, 0, negativity);
        if (sparse) {
            store(sums->sparsity + part, 0, sparsity);
        }
    }
}

static void latent_values(size_t rows, size_t latents, const float *z,
                          const struct latent_sums *sums) {
    if (sums->sparsity != NULL) {
        if (sums->negativity_power == 1) {
            values_of(1, true, rows, latents, z, sums);
        } else {
            values_of(2, true, rows, latents, z, sums);
        }
    } else if (sums->negativity_power == 1) {
        values_of(1, false, rows, latents, z, sums);
    } else {
        values_of(2, false, rows, latents, z, sums);
    }
}

INLINE void gradient_of(const int power, const bool sparse, size_t rows, size_t latents,
                        const struct latent_penalty *penalty, float *gradient) {
    FOR_PARTS {
        for (size_t r = 0; r < rows; r++) {
            vector activity = load(penalty->activity + part, r);
            vector negativity = load(penalty->negativity + part, r);
            vector sparsity = sparse ? load(penalty->sparsity + part, r) : (vector){0};
            for (size_t h = 0; h < latents; h++) {
                size_t at = r * latents + h;
                vector z = load(penalty->latents + part, at);
                vector dz = fused(activity, z, load(gradient + part, at));
                if (power == 1) {
                    dz -= where(z < 0.0f, negativity);
                } else {
                    dz = fused(negativity, where(z < 0.0f, z), dz);
                }
                if (sparse) {
                    dz += where(z > 0.0f, sparsity) - where(z < 0.0f, sparsity);
                }
                store(gradient + part, at, dz);
            }
        }
    }
}

static void latent_gradient(size_t rows, size_t latents, const struct latent_penalty *penalty,
                            float *dz) {
    if (penalty->sparsity != NULL) {
        if (penalty->negativity_power == 1) {
            gradient_of(1, true, rows, latents, penalty, dz);
        } else {
            gradient_of(2, true, rows, latents, penalty, dz);
        }
    } else if (penalty->negativity_power == 1) {
        gradient_of(1, false, rows, latents, penalty, dz);
    } else {
        gradient_of(2, false, rows, latents, penalty, dz);
    }
}
