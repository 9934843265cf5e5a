/**
 * @file
 * Linear autoencoders of few inputs over lanes, for src/kernel/lanes.c alone. With error
 * ŷ − x = A (x − m) + d, where A = W2 W1 − 1 and d = b2 + W2 e − m, and latents
 * z = W1 (x − m) + e, where e = b1 + W1 m:
 *     FIT = (tr(A C Aᵀ) + |d|²) / S,  ACT = tr(W1 C W1ᵀ) + |e|²,
 * and NEG is minus the sum of w z over negative z. Centred, FIT and ACT do not cancel. A step costs
 * two multiplications for each latent of a sample instead of ten.
 */
#pragma once

#include "lanes_vector.h"

enum { ENDS_MAX = KERNEL_MOMENT_INPUTS_MAX };

/* Sums of `units` latents over all samples, kept in registers. */
INLINE void negative_tile(const size_t ends, const size_t units, size_t rows, const float *x,
                          const float *weighted_x, const float *sample_weights,
                          const float *weights, const float *bias, float *inputs_sums,
                          float *weights_sums) {
    vector weight[WIDE][ENDS_MAX];
    vector sum[WIDE][ENDS_MAX];
    vector start[WIDE];
    vector total[WIDE];
    UNROLL
    for (size_t u = 0; u < units; u++) {
        start[u] = load(bias, u);
        total[u] = load(weights_sums, u);
        UNROLL
        for (size_t e = 0; e < ends; e++) {
            weight[u][e] = load(weights, u * ends + e);
            sum[u][e] = load(inputs_sums, u * ends + e);
        }
    }
    for (size_t r = 0; r < rows; r++) {
        vector sample_weight = load(sample_weights, r);
        UNROLL
        for (size_t u = 0; u < units; u++) {
            vector z = start[u];
            UNROLL
            for (size_t e = 0; e < ends; e++) {
                z = fused(weight[u][e], load(x, r * ends + e), z);
            }
            total[u] = add_where_negative(z, total[u], sample_weight);
            UNROLL
            for (size_t e = 0; e < ends; e++) {
                sum[u][e] = add_where_negative(z, sum[u][e], load(weighted_x, r * ends + e));
            }
        }
    }
    UNROLL
    for (size_t u = 0; u < units; u++) {
        store(weights_sums, u, total[u]);
        UNROLL
        for (size_t e = 0; e < ends; e++) {
            store(inputs_sums, u * ends + e, sum[u][e]);
        }
    }
}

INLINE void negative_sums_of(const size_t ends, const size_t units, struct affine_shape shape,
                             const float *x, const float *weighted_x, const float *sample_weights,
                             const float *weights, const float *bias, float *inputs_sums,
                             float *weights_sums) {
    size_t o = 0;
    for (; o + units <= shape.outputs; o += units) {
        negative_tile(ends, units, shape.rows, x, weighted_x, sample_weights,
                      weights + o * ends * L, bias + o * L, inputs_sums + o * ends * L,
                      weights_sums + o * L);
    }
    for (; o < shape.outputs; o++) {
        negative_tile(ends, 1, shape.rows, x, weighted_x, sample_weights, weights + o * ends * L,
                      bias + o * L, inputs_sums + o * ends * L, weights_sums + o * L);
    }
}

#define NEGATIVE_SUMS(ends, units)                                                                 \
    negative_sums_of(ends, units, shape, x + part, weighted_x + part, sample_weights + part,       \
                     weights + part, bias + part, inputs_sums + part, weights_sums + part)

static void negative_sums(struct affine_shape shape, const float *x, const float *weighted_x,
                          const float *sample_weights, const float *weights, const float *bias,
                          float *inputs_sums, float *weights_sums) {
    FOR_PARTS {
        if (shape.inputs == 1) {
            NEGATIVE_SUMS(1, WIDE);
        } else if (shape.inputs == 2) {
            NEGATIVE_SUMS(2, NEGATIVE_UNITS);
        } else if (shape.inputs == 3) {
            NEGATIVE_SUMS(3, NEGATIVE_UNITS / 2);
        } else {
            NEGATIVE_SUMS(4, NEGATIVE_UNITS / 2);
        }
    }
}

#undef NEGATIVE_SUMS

/* What the second pass over the latents needs of the first. */
struct linear_error {
    vector mean[ENDS_MAX];
    vector covariance[ENDS_MAX][ENDS_MAX];
    vector slope[ENDS_MAX][ENDS_MAX]; /* A, then the derivative of the loss by A */
    vector offset[ENDS_MAX];          /* d, then the derivative by d */
};

INLINE vector centred_bias(const size_t ends, const struct linear_bottleneck *of,
                           const struct linear_error *error, size_t h, size_t part) {
    vector centred = load(of->bias1 + part, h);
    UNROLL
    for (size_t j = 0; j < ends; j++) {
        centred = fused(load(of->weights1 + part, h * ends + j), error->mean[j], centred);
    }
    return centred;
}

/* A and d. */
INLINE void find_error(const size_t ends, const struct linear_bottleneck *of,
                       struct linear_error *error, size_t part) {
    UNROLL
    for (size_t i = 0; i < ends; i++) {
        error->mean[i] = load(of->mean + part, i);
        error->offset[i] = load(of->bias2 + part, i) - error->mean[i];
        UNROLL
        for (size_t j = 0; j < ends; j++) {
            error->covariance[i][j] = load(of->covariance + part, i * ends + j);
            error->slope[i][j] = (vector){0} - (i == j ? 1.0f : 0.0f);
        }
    }
    for (size_t h = 0; h < of->latents; h++) {
        vector centred = centred_bias(ends, of, error, h, part);
        UNROLL
        for (size_t i = 0; i < ends; i++) {
            vector decoder = load(of->weights2 + part, i * of->latents + h);
            error->offset[i] = fused(decoder, centred, error->offset[i]);
            UNROLL
            for (size_t j = 0; j < ends; j++) {
                error->slope[i][j] =
                    fused(decoder, load(of->weights1 + part, h * ends + j), error->slope[i][j]);
            }
        }
    }
}

/* FIT; turns A and d into the derivatives by them, and adds the gradient by b2, which is that by d.
 */
INLINE void differentiate_fit(const size_t ends, const struct linear_bottleneck *of,
                              struct linear_error *error, size_t part) {
    const float share = 1.0f / (float)ends;
    vector slope = 2.0f * share * load(of->fit + part, 0);
    vector total = {0};
    UNROLL
    for (size_t i = 0; i < ends; i++) {
        vector row[ENDS_MAX];
        UNROLL
        for (size_t j = 0; j < ends; j++) {
            row[j] = (vector){0};
            UNROLL
            for (size_t k = 0; k < ends; k++) {
                row[j] = fused(error->slope[i][k], error->covariance[k][j], row[j]);
            }
        }
        total = fused(error->offset[i], error->offset[i], total);
        UNROLL
        for (size_t j = 0; j < ends; j++) {
            total = fused(row[j], error->slope[i][j], total);
            error->slope[i][j] = slope * row[j];
        }
        error->offset[i] = slope * error->offset[i];
        store(of->bias2_gradient + part, i, load(of->bias2_gradient + part, i) + error->offset[i]);
    }
    total = where(~(total < 0.0f), total); /* collinear data: rounding; NaN stays */
    store(of->fit_sum + part, 0, fused(total, (vector){0} + share, load(of->fit_sum + part, 0)));
}

/* Values of ACT and NEG of a latent. */
struct latent_totals {
    vector activity, negativity;
};

/* Gradients by what touches latent h, and its part of ACT and NEG. */
INLINE void differentiate_latent(const size_t ends, const struct linear_bottleneck *of,
                                 const struct linear_error *error, size_t h, vector activity,
                                 vector negativity, struct latent_totals *totals, size_t part) {
    vector centred = centred_bias(ends, of, error, h, part);
    vector centred_slope = activity * centred;
    vector encoder[ENDS_MAX];
    vector gradient[ENDS_MAX];
    totals->activity = fused(centred, centred, totals->activity);
    UNROLL
    for (size_t j = 0; j < ends; j++) {
        vector sum = load(of->negative_inputs + part, h * ends + j);
        encoder[j] = load(of->weights1 + part, h * ends + j);
        gradient[j] = load(of->weights1_gradient + part, h * ends + j) - negativity * sum;
        totals->negativity -= encoder[j] * sum;
    }
    UNROLL
    for (size_t j = 0; j < ends; j++) {
        vector spread = {0};
        UNROLL
        for (size_t k = 0; k < ends; k++) {
            spread = fused(error->covariance[j][k], encoder[k], spread);
        }
        totals->activity = fused(encoder[j], spread, totals->activity);
        gradient[j] = fused(activity, spread, gradient[j]);
    }
    UNROLL
    for (size_t i = 0; i < ends; i++) {
        vector decoder = load(of->weights2 + part, i * of->latents + h);
        vector sum = load(of->weights2_gradient + part, i * of->latents + h);
        centred_slope = fused(decoder, error->offset[i], centred_slope);
        sum = fused(error->offset[i], centred, sum);
        UNROLL
        for (size_t j = 0; j < ends; j++) {
            sum = fused(error->slope[i][j], encoder[j], sum);
            gradient[j] = fused(decoder, error->slope[i][j], gradient[j]);
        }
        store(of->weights2_gradient + part, i * of->latents + h, sum);
    }
    UNROLL
    for (size_t j = 0; j < ends; j++) {
        store(of->weights1_gradient + part, h * ends + j,
              fused(centred_slope, error->mean[j], gradient[j]));
    }
    vector weight_sum = load(of->negative_weights + part, h);
    totals->negativity -= load(of->bias1 + part, h) * weight_sum;
    store(of->bias1_gradient + part, h,
          load(of->bias1_gradient + part, h) + centred_slope - negativity * weight_sum);
}

INLINE void linear_bottleneck_of(const size_t ends, const struct linear_bottleneck *pointer) {
    /* A copy that stores cannot alias. */
    const struct linear_bottleneck of = *pointer;
    FOR_PARTS {
        struct linear_error error;
        struct latent_totals totals = {(vector){0}, (vector){0}};
        vector activity = 2.0f * load(of.activity + part, 0);
        vector negativity = load(of.negativity + part, 0);
        find_error(ends, &of, &error, part);
        differentiate_fit(ends, &of, &error, part);
        for (size_t h = 0; h < of.latents; h++) {
            differentiate_latent(ends, &of, &error, h, activity, negativity, &totals, part);
        }
        store(of.activity_sum + part, 0, load(of.activity_sum + part, 0) + totals.activity);
        store(of.negativity_sum + part, 0, load(of.negativity_sum + part, 0) + totals.negativity);
    }
}

static void linear_bottleneck(const struct linear_bottleneck *bottleneck) {
    if (bottleneck->inputs == 1) {
        linear_bottleneck_of(1, bottleneck);
    } else if (bottleneck->inputs == 2) {
        linear_bottleneck_of(2, bottleneck);
    } else if (bottleneck->inputs == 3) {
        linear_bottleneck_of(3, bottleneck);
    } else {
        linear_bottleneck_of(4, bottleneck);
    }
}
