/**
 * @file
 * The penalties on latent activity over lanes, for src/kernel/lanes.c alone.
 */
#pragma once

#include "lanes_vector.h"

/* Sums over the units of each sample of a register tile. */
struct penalty_values {
    vector activity[TILE_MAX], negativity[TILE_MAX];
    int power;
};

INLINE void add_penalty_values(struct penalty_values *values, size_t r, vector z) {
    vector negative = where(z < 0.0f, z);
    values->activity[r] = fused(z, z, values->activity[r]);
    if (values->power == 1) {
        values->negativity[r] -= negative;
    } else {
        values->negativity[r] = fused(negative, negative, values->negativity[r]);
    }
}

/* Weighted sums over samples, kept in registers over a whole tile of samples. */
struct penalty_totals {
    vector activity, negativity;
};

INLINE struct penalty_totals penalty_totals_load(const struct latent_sums *sums, size_t part) {
    return (struct penalty_totals){load(sums->activity + part, 0),
                                   load(sums->negativity + part, 0)};
}

INLINE void penalty_totals_add(struct penalty_totals *totals, const struct penalty_values *values,
                               const size_t rows, const float *sample_weights) {
    UNROLL
    for (size_t r = 0; r < rows; r++) {
        vector sample_weight = load(sample_weights, r);
        totals->activity = fused(sample_weight, values->activity[r], totals->activity);
        totals->negativity = fused(sample_weight, values->negativity[r], totals->negativity);
    }
}

INLINE void penalty_totals_store(const struct penalty_totals *totals,
                                 const struct latent_sums *sums, size_t part) {
    store(sums->activity + part, 0, totals->activity);
    store(sums->negativity + part, 0, totals->negativity);
}

INLINE void values_of_power(const int power, size_t rows, size_t latents, const float *z,
                            const struct latent_sums *sums) {
    FOR_PARTS {
        struct penalty_totals totals = penalty_totals_load(sums, part);
        for (size_t r = 0; r < rows; r++) {
            struct penalty_values values = {.power = power};
            for (size_t h = 0; h < latents; h++) {
                add_penalty_values(&values, 0, load(z + part, r * latents + h));
            }
            penalty_totals_add(&totals, &values, 1, sums->sample_weights + r * L + part);
        }
        penalty_totals_store(&totals, sums, part);
    }
}

static void latent_values(size_t rows, size_t latents, const float *z,
                          const struct latent_sums *sums) {
    if (sums->negativity_power == 1) {
        values_of_power(1, rows, latents, z, sums);
    } else {
        values_of_power(2, rows, latents, z, sums);
    }
}

/* dz plus the gradient of the penalties of `power`, from the slopes of z's sample. */
INLINE vector add_penalty_gradient(const int power, vector activity, vector negativity, vector z,
                                   vector dz) {
    dz = fused(activity, z, dz);
    if (power == 1) {
        return dz - where(z < 0.0f, negativity);
    }
    return fused(negativity, where(z < 0.0f, z), dz);
}

INLINE void gradient_of_power(const int power, size_t rows, size_t latents,
                              const struct latent_penalty *penalty, float *dz) {
    FOR_PARTS {
        for (size_t r = 0; r < rows; r++) {
            vector activity = load(penalty->activity + part, r);
            vector negativity = load(penalty->negativity + part, r);
            for (size_t h = 0; h < latents; h++) {
                size_t at = r * latents + h;
                store(dz + part, at,
                      add_penalty_gradient(power, activity, negativity,
                                           load(penalty->latents + part, at), load(dz + part, at)));
            }
        }
    }
}

static void latent_gradient(size_t rows, size_t latents, const struct latent_penalty *penalty,
                            float *dz) {
    if (penalty->negativity_power == 1) {
        gradient_of_power(1, rows, latents, penalty, dz);
    } else {
        gradient_of_power(2, rows, latents, penalty, dz);
    }
}
