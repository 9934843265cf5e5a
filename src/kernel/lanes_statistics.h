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

enum { ENDS_MAX = KERNEL_STATISTICS_INPUTS_MAX };

/* Sums of `units` latents over all samples, kept in registers. */
INLINE void lanes_negative_tile(const size_t ends, const size_t units, size_t rows, const float *x,
                                const float *weighted_x, const float *sample_weights,
                                const float *weights, const float *bias, float *inputs_sums,
                                float *weights_sums) {
    vector weight[WIDE][ENDS_MAX];
    vector sum[WIDE][ENDS_MAX];
    vector start[WIDE];
    vector total[WIDE];
    UNROLL
    for (size_t u = 0; u < units; u++) {
        start[u] = lanes_load(bias, u);
        total[u] = lanes_load(weights_sums, u);
        UNROLL
        for (size_t e = 0; e < ends; e++) {
            weight[u][e] = lanes_load(weights, u * ends + e);
            sum[u][e] = lanes_load(inputs_sums, u * ends + e);
        }
    }
    for (size_t r = 0; r < rows; r++) {
        vector sample_weight = lanes_load(sample_weights, r);
        UNROLL
        for (size_t u = 0; u < units; u++) {
            vector z = start[u];
            UNROLL
            for (size_t e = 0; e < ends; e++) {
                z = lanes_fused(weight[u][e], lanes_load(x, r * ends + e), z);
            }
            total[u] = lanes_add_where_negative(z, total[u], sample_weight);
            UNROLL
            for (size_t e = 0; e < ends; e++) {
                sum[u][e] =
                    lanes_add_where_negative(z, sum[u][e], lanes_load(weighted_x, r * ends + e));
            }
        }
    }
    UNROLL
    for (size_t u = 0; u < units; u++) {
        lanes_store(weights_sums, u, total[u]);
        UNROLL
        for (size_t e = 0; e < ends; e++) {
            lanes_store(inputs_sums, u * ends + e, sum[u][e]);
        }
    }
}

INLINE void lanes_negative_sums_of(const size_t ends, const size_t units, struct affine_shape shape,
                                   const float *x, const float *weighted_x,
                                   const float *sample_weights, const float *weights,
                                   const float *bias, float *inputs_sums, float *weights_sums) {
    size_t o = 0;
    for (; o + units <= shape.outputs; o += units) {
        lanes_negative_tile(ends, units, shape.rows, x, weighted_x, sample_weights,
                            weights + o * ends * L, bias + o * L, inputs_sums + o * ends * L,
                            weights_sums + o * L);
    }
    for (; o < shape.outputs; o++) {
        lanes_negative_tile(ends, 1, shape.rows, x, weighted_x, sample_weights,
                            weights + o * ends * L, bias + o * L, inputs_sums + o * ends * L,
                            weights_sums + o * L);
    }
}

#define NEGATIVE_SUMS(ends, units)                                                                 \
    lanes_negative_sums_of(ends, units, shape, x + part, weighted_x + part, sample_weights + part, \
                           weights + part, bias + part, inputs_sums + part, weights_sums + part)

static void lanes_negative_sums(struct affine_shape shape, const float *x, const float *weighted_x,
                                const float *sample_weights, const float *weights,
                                const float *bias, float *inputs_sums, float *weights_sums) {
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

INLINE vector lanes_centred_bias(const size_t ends, const struct linear_bottleneck *of,
                                 const struct linear_error *error, size_t h, size_t part) {
    vector centred = lanes_load(of->bias1 + part, h);
    UNROLL
    for (size_t j = 0; j < ends; j++) {
        centred =
            lanes_fused(lanes_load(of->weights1 + part, h * ends + j), error->mean[j], centred);
    }
    return centred;
}

/* A and d. */
INLINE void lanes_find_error(const size_t ends, const struct linear_bottleneck *of,
                             struct linear_error *error, size_t part) {
    UNROLL
    for (size_t i = 0; i < ends; i++) {
        error->mean[i] = lanes_load(of->mean + part, i);
        error->offset[i] = lanes_load(of->bias2 + part, i) - error->mean[i];
        UNROLL
        for (size_t j = 0; j < ends; j++) {
            error->covariance[i][j] = lanes_load(of->covariance + part, i * ends + j);
            error->slope[i][j] = (vector){0} - (i == j ? 1.0f : 0.0f);
        }
    }
    for (size_t h = 0; h < of->latents; h++) {
        vector centred = lanes_centred_bias(ends, of, error, h, part);
        UNROLL
        for (size_t i = 0; i < ends; i++) {
            vector decoder = lanes_load(of->weights2 + part, i * of->latents + h);
            error->offset[i] = lanes_fused(decoder, centred, error->offset[i]);
            UNROLL
            for (size_t j = 0; j < ends; j++) {
                error->slope[i][j] = lanes_fused(
                    decoder, lanes_load(of->weights1 + part, h * ends + j), error->slope[i][j]);
            }
        }
    }
}

/* FIT; turns A and d into the derivatives by them, and adds the gradient by b2, which is that by d.
 */
INLINE void lanes_differentiate_fit(const size_t ends, const struct linear_bottleneck *of,
                                    struct linear_error *error, size_t part) {
    const float share = 1.0f / (float)ends;
    vector slope = 2.0f * share * lanes_load(of->fit + part, 0);
    vector total = {0};
    UNROLL
    for (size_t i = 0; i < ends; i++) {
        vector row[ENDS_MAX];
        UNROLL
        for (size_t j = 0; j < ends; j++) {
            row[j] = (vector){0};
            UNROLL
            for (size_t k = 0; k < ends; k++) {
                row[j] = lanes_fused(error->slope[i][k], error->covariance[k][j], row[j]);
            }
        }
        total = lanes_fused(error->offset[i], error->offset[i], total);
        UNROLL
        for (size_t j = 0; j < ends; j++) {
            total = lanes_fused(row[j], error->slope[i][j], total);
            error->slope[i][j] = slope * row[j];
        }
        error->offset[i] = slope * error->offset[i];
        lanes_store(of->bias2_gradient + part, i,
                    lanes_load(of->bias2_gradient + part, i) + error->offset[i]);
    }
    total = lanes_where(~(total < 0.0f), total); /* collinear data: rounding; NaN stays */
    lanes_store(of->fit_sum + part, 0,
                lanes_fused(total, (vector){0} + share, lanes_load(of->fit_sum + part, 0)));
}

/* Values of ACT and NEG of a latent. */
struct latent_totals {
    vector activity, negativity;
};

/* Gradients by what touches latent h, and its part of ACT and NEG. */
INLINE void lanes_differentiate_latent(const size_t ends, const struct linear_bottleneck *of,
                                       const struct linear_error *error, size_t h, vector activity,
                                       vector negativity, struct latent_totals *totals,
                                       size_t part) {
    vector centred = lanes_centred_bias(ends, of, error, h, part);
    vector centred_slope = activity * centred;
    vector encoder[ENDS_MAX];
    vector gradient[ENDS_MAX];
    totals->activity = lanes_fused(centred, centred, totals->activity);
    UNROLL
    for (size_t j = 0; j < ends; j++) {
        vector sum = lanes_load(of->negative_inputs + part, h * ends + j);
        encoder[j] = lanes_load(of->weights1 + part, h * ends + j);
        gradient[j] = lanes_load(of->weights1_gradient + part, h * ends + j) - negativity * sum;
        totals->negativity -= encoder[j] * sum;
    }
    UNROLL
    for (size_t j = 0; j < ends; j++) {
        vector spread = {0};
        UNROLL
        for (size_t k = 0; k < ends; k++) {
            spread = lanes_fused(error->covariance[j][k], encoder[k], spread);
        }
        totals->activity = lanes_fused(encoder[j], spread, totals->activity);
        gradient[j] = lanes_fused(activity, spread, gradient[j]);
    }
    UNROLL
    for (size_t i = 0; i < ends; i++) {
        vector decoder = lanes_load(of->weights2 + part, i * of->latents + h);
        vector sum = lanes_load(of->weights2_gradient + part, i * of->latents + h);
        centred_slope = lanes_fused(decoder, error->offset[i], centred_slope);
        sum = lanes_fused(error->offset[i], centred, sum);
        UNROLL
        for (size_t j = 0; j < ends; j++) {
            sum = lanes_fused(error->slope[i][j], encoder[j], sum);
            gradient[j] = lanes_fused(decoder, error->slope[i][j], gradient[j]);
        }
        lanes_store(of->weights2_gradient + part, i * of->latents + h, sum);
    }
    UNROLL
    for (size_t j = 0; j < ends; j++) {
        lanes_store(of->weights1_gradient + part, h * ends + j,
                    lanes_fused(centred_slope, error->mean[j], gradient[j]));
    }
    vector weight_sum = lanes_load(of->negative_weights + part, h);
    totals->negativity -= lanes_load(of->bias1 + part, h) * weight_sum;
    lanes_store(of->bias1_gradient + part, h,
                lanes_load(of->bias1_gradient + part, h) + centred_slope - negativity * weight_sum);
}

INLINE void lanes_linear_bottleneck_of(const size_t ends, const struct linear_bottleneck *pointer) {
    /* A copy that stores cannot alias. */
    const struct linear_bottleneck of = *pointer;
    FOR_PARTS {
        struct linear_error error;
        struct latent_totals totals = {(vector){0}, (vector){0}};
        vector activity = 2.0f * lanes_load(of.activity + part, 0);
        vector negativity = lanes_load(of.negativity + part, 0);
        lanes_find_error(ends, &of, &error, part);
        lanes_differentiate_fit(ends, &of, &error, part);
        for (size_t h = 0; h < of.latents; h++) {
            lanes_differentiate_latent(ends, &of, &error, h, activity, negativity, &totals, part);
        }
        lanes_store(of.activity_sum + part, 0,
                    lanes_load(of.activity_sum + part, 0) + totals.activity);
        lanes_store(of.negativity_sum + part, 0,
                    lanes_load(of.negativity_sum + part, 0) + totals.negativity);
    }
}

static void lanes_linear_bottleneck(const struct linear_bottleneck *bottleneck) {
    if (bottleneck->inputs == 1) {
        lanes_linear_bottleneck_of(1, bottleneck);
    } else if (bottleneck->inputs == 2) {
        lanes_linear_bottleneck_of(2, bottleneck);
    } else if (bottleneck->inputs == 3) {
        lanes_linear_bottleneck_of(3, bottleneck);
    } else {
        lanes_linear_bottleneck_of(4, bottleneck);
    }
}
