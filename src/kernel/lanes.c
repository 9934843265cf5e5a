/*
 * Sixteen networks side by side. The source is compiled once for every instruction set, with
 * LANES_VARIANT naming the variant; a variant whose vectors hold fewer than sixteen numbers runs
 * over the lanes in parts.
 */
#include "lanes_affine.h"
#include "lanes_embed.h"
#include "lanes_penalty.h"
#include "lanes_statistics.h"
#include "lanes_vector.h"

enum { SUM_CHAINS = 4 }; /* independent sums, to hide the latency of an addition */

static void lanes_square_error(size_t rows, size_t columns, const float *y, const float *target,
                               const float *sample_weights, const float *coefficient, float *dy,
                               float *sum) {
    float share = 1.0f / (float)columns;
    FOR_PARTS {
        vector total = lanes_load(sum + part, 0);
        vector slope = 2.0f * share * lanes_load(coefficient + part, 0);
        for (size_t r = 0; r < rows; r++) {
            vector sample_weight = lanes_load(sample_weights + part, r);
            vector squares = {0};
            for (size_t c = 0; c < columns; c++) {
                size_t at = r * columns + c;
                vector error = lanes_load(y + part, at) - lanes_load(target + part, at);
                squares = lanes_fused(error, error, squares);
                lanes_store(dy + part, at, slope * sample_weight * error);
            }
            total = lanes_fused(share * sample_weight, squares, total);
        }
        lanes_store(sum + part, 0, total);
    }
}

INLINE vector lanes_broadcast(float value) {
    return (vector){0} + value;
}

static void lanes_moment_update(const struct moment_update *update) {
    const size_t count = update->count;
    const vector beta1 = lanes_broadcast((float)update->beta1);
    const vector beta2 = lanes_broadcast((float)update->beta2);
    const vector rest1 = lanes_broadcast((float)(1.0 - update->beta1));
    const vector rest2 = lanes_broadcast((float)(1.0 - update->beta2));
    const vector correction = lanes_broadcast(update->second_correction);
    const vector epsilon = lanes_broadcast(update->epsilon);
    FOR_PARTS {
        /* Out of the struct once: stores below could alias it. */
        float *weights = update->weights + part;
        float *gradients = update->gradient + part;
        float *firsts = update->first_moment + part;
        float *seconds = update->second_moment + part;
        const vector rate = lanes_load(update->rate + part, 0);
        const vector keep = 1.0f - lanes_load(update->shrink + part, 0);
        const vector penalty = 2.0f * lanes_load(update->penalty + part, 0);
        for (size_t k = 0; k < count; k++) {
            vector weight = lanes_load(weights, k);
            vector gradient = lanes_fused(penalty, weight, lanes_load(gradients, k));
            vector first = lanes_fused(lanes_load(firsts, k), beta1, rest1 * gradient);
            vector second = lanes_fused(lanes_load(seconds, k), beta2, rest2 * gradient * gradient);
            vector scale = lanes_fused(lanes_square_root(second), correction, epsilon);
            lanes_store(weights, k, keep * weight - rate * first / scale);
            lanes_store(firsts, k, first);
            lanes_store(seconds, k, second);
            lanes_store(gradients, k, (vector){0});
        }
    }
}

static void lanes_square_sum(size_t count, const float *a, float *sum) {
    FOR_PARTS {
        vector partial[SUM_CHAINS] = {0};
        size_t k = 0;
        for (; k + SUM_CHAINS <= count; k += SUM_CHAINS) {
            UNROLL
            for (size_t chain = 0; chain < SUM_CHAINS; chain++) {
                vector value = lanes_load(a + part, k + chain);
                partial[chain] = lanes_fused(value, value, partial[chain]);
            }
        }
        for (; k < count; k++) {
            vector value = lanes_load(a + part, k);
            partial[0] = lanes_fused(value, value, partial[0]);
        }
        vector total = (partial[0] + partial[1]) + (partial[2] + partial[3]);
        lanes_store(sum + part, 0, lanes_load(sum + part, 0) + total);
    }
}

static bool lanes_weighted_sum(size_t terms, const float *coefficients, const float *values,
                               float *total) {
    bool finite = true;
    FOR_PARTS {
        vector sum = {0};
        for (size_t k = 0; k < terms; k++) {
            sum =
                lanes_fused(lanes_load(coefficients + part, k), lanes_load(values + part, k), sum);
        }
        lanes_store(total + part, 0, sum);
        mask wrong = sum * 0.0f != 0.0f; /* NaN of what is infinite or no number */
        int any = 0;
        for (int l = 0; l < VECTOR_LANES; l++) {
            any |= wrong[l];
        }
        finite = finite && any == 0;
    }
    return finite;
}

static void lanes_add_scaled(size_t count, const float *coefficient, const float *x, float *y) {
    FOR_PARTS {
        vector slope = 2.0f * lanes_load(coefficient + part, 0);
        for (size_t k = 0; k < count; k++) {
            lanes_store(y + part, k,
                        lanes_fused(slope, lanes_load(x + part, k), lanes_load(y + part, k)));
        }
    }
}

static void lanes_scale_and_limit(size_t count, const float *factor, const float *bound, float *a) {
    FOR_PARTS {
        vector scale = lanes_load(factor + part, 0);
        vector most = lanes_load(bound + part, 0);
        for (size_t k = 0; k < count; k++) {
            vector value = scale * lanes_load(a + part, k);
            value = lanes_choose(value > most, most, value);
            lanes_store(a + part, k, lanes_choose(value < -most, -most, value));
        }
    }
}

static void lanes_multiply_add(size_t count, float *sums) {
    FOR_PARTS {
        vector sum[KERNEL_CHAINS];
        vector factor = lanes_load(sums + part, 0) * 0.0f + 0.5f;
        UNROLL
        for (size_t chain = 0; chain < KERNEL_CHAINS; chain++) {
            sum[chain] = lanes_load(sums + part, chain);
        }
        for (size_t k = 0; k < count; k++) {
            UNROLL
            for (size_t chain = 0; chain < KERNEL_CHAINS; chain++) {
                sum[chain] = lanes_fused(sum[chain], factor, factor);
            }
        }
        UNROLL
        for (size_t chain = 0; chain < KERNEL_CHAINS; chain++) {
            lanes_store(sums + part, chain, sum[chain]);
        }
    }
}

static void lanes_copy(size_t count, const float *chosen, const float *from, float *to) {
    FOR_PARTS {
        mask copied = lanes_load(chosen + part, 0) != 0.0f;
        for (size_t k = 0; k < count; k++) {
            vector old = lanes_load(to + part, k);
            lanes_store(to + part, k,
                        lanes_where(copied, lanes_load(from + part, k)) +
                            lanes_where(~copied, old));
        }
    }
}

#define JOIN(a, b) a##b
#define VARIANT(name) JOIN(kernel_lanes_, name)
#define TEXT(name) #name
#define NAME(name) TEXT(name)

extern const struct kernel VARIANT(LANES_VARIANT);

const struct kernel VARIANT(LANES_VARIANT) = {
    .name = NAME(LANES_VARIANT),
    .lanes = KERNEL_LANES,
    .affine = lanes_affine,
    .affine_add = lanes_affine_add,
    .affine_backward = lanes_affine_backward,
    .affine_backward_add = lanes_affine_backward_add,
    .affine_gradient = lanes_affine_gradient,
    .embed = lanes_embed,
    .embed_gradient = lanes_embed_gradient,
    .latent_values = lanes_latent_values,
    .latent_gradient = lanes_latent_gradient,
    .negative_sums = lanes_negative_sums,
    .linear_bottleneck = lanes_linear_bottleneck,
    .square_error = lanes_square_error,
    .moment_update = lanes_moment_update,
    .square_sum = lanes_square_sum,
    .weighted_sum = lanes_weighted_sum,
    .add_scaled = lanes_add_scaled,
    .scale_and_limit = lanes_scale_and_limit,
    .multiply_add = lanes_multiply_add,
    .copy_lanes = lanes_copy,
};
