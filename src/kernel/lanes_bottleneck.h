/**
 * @file
 * Bottlenecks with narrow ends over lanes, for src/kernel/lanes.c alone: both affine maps in one
 * go, so that latents are written once and their gradient never leaves the registers. On cores that
 * multiply 512 bits a cycle, a store costs as much as a multiplication.
 */
#pragma once

#include "lanes_affine.h"
#include "lanes_penalty.h"

/* z and y of `rows` samples, for `ends` inputs and outputs known to the compiler. */
INLINE void forward_tile(const size_t ends, const size_t rows, struct bottleneck tensors,
                         const float *x, struct penalty_values *values, float *z, float *y) {
    const size_t latents = tensors.latents;
    vector input[TILE_MAX][TILE_MAX];
    vector output[TILE_MAX][TILE_MAX];
    UNROLL
    for (size_t r = 0; r < rows; r++) {
        UNROLL
        for (size_t e = 0; e < ends; e++) {
            input[r][e] = load(x, r * ends + e);
            output[r][e] = load(tensors.bias2, e);
        }
    }
    for (size_t h = 0; h < latents; h++) {
        vector bias = load(tensors.bias1, h);
        vector encoder[TILE_MAX];
        vector decoder[TILE_MAX];
        UNROLL
        for (size_t e = 0; e < ends; e++) {
            encoder[e] = load(tensors.weights1, h * ends + e);
            decoder[e] = load(tensors.weights2, e * latents + h);
        }
        UNROLL
        for (size_t r = 0; r < rows; r++) {
            vector latent = bias;
            UNROLL
            for (size_t e = 0; e < ends; e++) {
                latent = fused(encoder[e], input[r][e], latent);
            }
            store(z, r * latents + h, latent);
            add_penalty_values(values, r, latent);
            UNROLL
            for (size_t e = 0; e < ends; e++) {
                output[r][e] = fused(decoder[e], latent, output[r][e]);
            }
        }
    }
    UNROLL
    for (size_t r = 0; r < rows; r++) {
        UNROLL
        for (size_t e = 0; e < ends; e++) {
            store(y, r * ends + e, output[r][e]);
        }
    }
}

INLINE void forward_ends(const size_t ends, const int power, const struct bottleneck *bottleneck,
                         const float *x, const struct latent_sums *sums, float *z, float *y) {
    FOR_PARTS {
        struct penalty_totals totals = penalty_totals_load(sums, part);
        struct bottleneck tensors = *bottleneck;
        tensors.weights1 += part;
        tensors.bias1 += part;
        tensors.weights2 += part;
        tensors.bias2 += part;
        for (size_t r = 0; r < tensors.rows; r += ROWS_BOTTLENECK) {
            struct penalty_values values = {.power = power};
            forward_tile(ends, ROWS_BOTTLENECK, tensors, x + r * ends * L + part, &values,
                         z + r * tensors.latents * L + part, y + r * ends * L + part);
            penalty_totals_add(&totals, &values, ROWS_BOTTLENECK,
                               sums->sample_weights + r * L + part);
        }
        penalty_totals_store(&totals, sums, part);
    }
}

/* Gradients of everything that touches `hidden` latents from `first` on, over all samples. */
INLINE void backward_tile(const size_t ends, const size_t hidden, const int power,
                          const struct bottleneck *bottleneck, size_t first, const float *x,
                          const float *dy, const struct latent_penalty *penalty, size_t part,
                          const struct bottleneck_gradient *gradient) {
    size_t latents = bottleneck->latents;
    const float *weights2 = bottleneck->weights2 + first * L + part;
    const float *z = penalty->latents + first * L + part;
    float *gradient1 = gradient->weights1 + first * ends * L + part;
    float *gradient2 = gradient->weights2 + first * L + part;
    float *bias_gradient = gradient->bias1 + first * L + part;
    vector sum1[TILE_MAX][TILE_MAX];
    vector sum2[TILE_MAX][TILE_MAX];
    vector bias[TILE_MAX];
    UNROLL
    for (size_t h = 0; h < hidden; h++) {
        bias[h] = load(bias_gradient, h);
        UNROLL
        for (size_t e = 0; e < ends; e++) {
            sum1[h][e] = load(gradient1, h * ends + e);
            sum2[h][e] = load(gradient2, e * latents + h);
        }
    }
    for (size_t r = 0; r < bottleneck->rows; r++) {
        vector activity = load(penalty->activity + part, r);
        vector negativity = load(penalty->negativity + part, r);
        UNROLL
        for (size_t h = 0; h < hidden; h++) {
            vector latent = load(z, r * latents + h);
            vector slope = (vector){0};
            UNROLL
            for (size_t e = 0; e < ends; e++) {
                vector error = load(dy, r * ends + e);
                slope = fused(load(weights2, e * latents + h), error, slope);
                sum2[h][e] = fused(error, latent, sum2[h][e]);
            }
            slope = add_penalty_gradient(power, activity, negativity, latent, slope);
            bias[h] += slope;
            UNROLL
            for (size_t e = 0; e < ends; e++) {
                sum1[h][e] = fused(slope, load(x, r * ends + e), sum1[h][e]);
            }
        }
    }
    UNROLL
    for (size_t h = 0; h < hidden; h++) {
        store(bias_gradient, h, bias[h]);
        UNROLL
        for (size_t e = 0; e < ends; e++) {
            store(gradient1, h * ends + e, sum1[h][e]);
            store(gradient2, e * latents + h, sum2[h][e]);
        }
    }
}

INLINE void backward_ends(const size_t ends, const int power, const struct bottleneck *bottleneck,
                          const float *x, const float *dy, const struct latent_penalty *penalty,
                          const struct bottleneck_gradient *gradient) {
    FOR_PARTS {
        for (size_t e = 0; e < ends; e++) {
            vector sum = load(gradient->bias2 + part, e);
            for (size_t r = 0; r < bottleneck->rows; r++) {
                sum += load(dy + part, r * ends + e);
            }
            store(gradient->bias2 + part, e, sum);
        }
        size_t h = 0;
        for (; h + HIDDEN <= bottleneck->latents; h += HIDDEN) {
            backward_tile(ends, HIDDEN, power, bottleneck, h, x + part, dy + part, penalty, part,
                          gradient);
        }
        for (; h < bottleneck->latents; h++) {
            backward_tile(ends, 1, power, bottleneck, h, x + part, dy + part, penalty, part,
                          gradient);
        }
    }
}

/* Ends that have a compiled version of their own; others go through the plain maps. */
INLINE bool is_narrow(const struct bottleneck *bottleneck, int power) {
    return bottleneck->inputs == bottleneck->outputs && power == 1 && bottleneck->inputs >= 2 &&
           bottleneck->inputs <= 4;
}

static void bottleneck_forward(const struct bottleneck *bottleneck, const float *x,
                               const struct latent_sums *sums, float *z, float *y) {
    if (!is_narrow(bottleneck, sums->negativity_power)) {
        struct affine_shape first = {bottleneck->rows, bottleneck->inputs, bottleneck->latents};
        struct affine_shape second = {bottleneck->rows, bottleneck->latents, bottleneck->outputs};
        affine(first, x, bottleneck->weights1, bottleneck->bias1, z);
        affine(second, z, bottleneck->weights2, bottleneck->bias2, y);
        latent_values(bottleneck->rows, bottleneck->latents, z, sums);
    } else if (bottleneck->inputs == 2) {
        forward_ends(2, 1, bottleneck, x, sums, z, y);
    } else if (bottleneck->inputs == 3) {
        forward_ends(3, 1, bottleneck, x, sums, z, y);
    } else {
        forward_ends(4, 1, bottleneck, x, sums, z, y);
    }
}

static void bottleneck_backward(const struct bottleneck *bottleneck, const float *x,
                                const float *dy, const struct latent_penalty *penalty, float *dz,
                                const struct bottleneck_gradient *gradient) {
    if (!is_narrow(bottleneck, penalty->negativity_power)) {
        struct affine_shape first = {bottleneck->rows, bottleneck->inputs, bottleneck->latents};
        struct affine_shape second = {bottleneck->rows, bottleneck->latents, bottleneck->outputs};
        affine_gradient(second, dy, penalty->latents, gradient->weights2, gradient->bias2);
        affine_backward(second, dy, bottleneck->weights2, dz);
        latent_gradient(bottleneck->rows, bottleneck->latents, penalty, dz);
        affine_gradient(first, dz, x, gradient->weights1, gradient->bias1);
    } else if (bottleneck->inputs == 2) {
        backward_ends(2, 1, bottleneck, x, dy, penalty, gradient);
    } else if (bottleneck->inputs == 3) {
        backward_ends(3, 1, bottleneck, x, dy, penalty, gradient);
    } else {
        backward_ends(4, 1, bottleneck, x, dy, penalty, gradient);
    }
}
