/*
 * Sixteen networks side by side. The source is compiled once for every instruction set, with
 * LANES_VARIANT naming the variant; a variant whose vectors hold fewer than sixteen numbers runs
 * over the lanes in parts.
 */
#include "lanes_affine.h"
#include "lanes_embed.h"
#include "lanes_moments.h"
#include "lanes_penalty.h"
#include "lanes_vector.h"

enum { SUM_CHAINS = 4 }; /* independent sums, to hide the latency of an addition */

static void square_error(size_t rows, size_t columns, const float *y, const float *target,
                         const float *sample_weights, const float *coefficient, float *dy,
                         float *sum) {
    float share = 1.0f / (float)columns;
    FOR_PARTS {
        vector total = load(sum + part, 0);
        vector slope = 2.0f * share * load(coefficient + part, 0);
        for (size_t r = 0; r < rows; r++) {
            vector sample_weight = load(sample_weights + part, r);
            vector squares = {0};
            for (size_t c = 0; c < columns; c++) {
                size_t at = r * columns + c;
                vector error = load(y + part, at) - load(target + part, at);
                squares = fused(error, error, squares);
                store(dy + part, at, slope * sample_weight * error);
            }
            total = fused(share * sample_weight, squares, total);
        }
        store(sum + part, 0, total);
    }
}

INLINE vector broadcast(float value) {
    return (vector){0} + value;
}

static void moment_update(const struct moment_update *update) {
    const size_t count = update->count;
    const vector beta1 = broadcast((float)update->beta1);
    const vector beta2 = broadcast((float)update->beta2);
    const vector rest1 = broadcast((float)(1.0 - update->beta1));
    const vector rest2 = broadcast((float)(1.0 - update->beta2));
    const vector correction = broadcast(update->second_correction);
    const vector epsilon = broadcast(update->epsilon);
    FOR_PARTS {
        /* Out of the struct once: stores below could alias it. */
        float *weights = update->weights + part;
        float *gradients = update->gradient + part;
        float *firsts = update->first_moment + part;
        float *seconds = update->second_moment + part;
        const vector rate = load(update->rate + part, 0);
        const vector keep = 1.0f - load(update->shrink + part, 0);
        const vector penalty = 2.0f * load(update->penalty + part, 0);
        for (size_t k = 0; k < count; k++) {
            vector weight = load(weights, k);
            vector gradient = fused(penalty, weight, load(gradients, k));
            vector first = fused(load(firsts, k), beta1, rest1 * gradient);
            vector second = fused(load(seconds, k), beta2, rest2 * gradient * gradient);
            vector scale = fused(square_root(second), correction, epsilon);
            store(weights, k, keep * weight - rate * first / scale);
            store(firsts, k, first);
            store(seconds, k, second);
            store(gradients, k, (vector){0});
        }
    }
}

static void square_sum(size_t count, const float *a, float *sum) {
    FOR_PARTS {
        vector partial[SUM_CHAINS] = {0};
        size_t k = 0;
        for (; k + SUM_CHAINS <= count; k += SUM_CHAINS) {
            UNROLL
            for (size_t chain = 0; chain < SUM_CHAINS; chain++) {
                vector value = load(a + part, k + chain);
                partial[chain] = fused(value, value, partial[chain]);
            }
        }
        for (; k < count; k++) {
            vector value = load(a + part, k);
            partial[0] = fused(value, value, partial[0]);
        }
        vector total = (partial[0] + partial[1]) + (partial[2] + partial[3]);
        store(sum + part, 0, load(sum + part, 0) + total);
    }
}

static bool weighted_sum(size_t terms, const float *coefficients, const float *values,
                         float *total) {
    bool finite = true;
    FOR_PARTS {
        vector sum = {0};
        for (size_t k = 0; k < terms; k++) {
            sum = fused(load(coefficients + part, k), load(values + part, k), sum);
        }
        store(total + part, 0, sum);
        mask wrong = sum * 0.0f != 0.0f; /* NaN of what is infinite or no number */
        int any = 0;
        for (int l = 0; l < VECTOR_LANES; l++) {
            any |= wrong[l];
        }
        finite = finite && any == 0;
    }
    return finite;
}

static void add_scaled(size_t count, const float *coefficient, const float *x, float *y) {
    FOR_PARTS {
        vector slope = 2.0f * load(coefficient + part, 0);
        for (size_t k = 0; k < count; k++) {
            store(y + part, k, fused(slope, load(x + part, k), load(y + part, k)));
        }
    }
}

static void scale_and_limit(size_t count, const float *factor, const float *bound, float *a) {
    FOR_PARTS {
        vector scale = load(factor + part, 0);
        vector most = load(bound + part, 0);
        for (size_t k = 0; k < count; k++) {
            vector value = scale * load(a + part, k);
            value = choose(value > most, most, value);
            store(a + part, k, choose(value < -most, -most, value));
        }
    }
}

static void multiply_add(size_t count, float *sums) {
    FOR_PARTS {
        vector sum[KERNEL_CHAINS];
        vector factor = load(sums + part, 0) * 0.0f + 0.5f;
        UNROLL
        for (size_t chain = 0; chain < KERNEL_CHAINS; chain++) {
            sum[chain] = load(sums + part, chain);
        }
        for (size_t k = 0; k < count; k++) {
            UNROLL
            for (size_t chain = 0; chain < KERNEL_CHAINS; chain++) {
                sum[chain] = fused(sum[chain], factor, factor);
            }
        }
        UNROLL
        for (size_t chain = 0; chain < KERNEL_CHAINS; chain++) {
            store(sums + part, chain, sum[chain]);
        }
    }
}

static void copy_lanes(size_t count, const float *chosen, const float *from, float *to) {
    FOR_PARTS {
        mask copied = load(chosen + part, 0) != 0.0f;
        for (size_t k = 0; k < count; k++) {
            vector old = load(to + part, k);
            store(to + part, k, where(copied, load(from + part, k)) + where(~copied, old));
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
    .affine = affine,
    .affine_add = affine_add,
    .affine_backward = affine_backward,
    .affine_backward_add = affine_backward_add,
    .affine_gradient = affine_gradient,
    .embed = embed,
    .embed_gradient = embed_gradient,
    .latent_values = latent_values,
    .latent_gradient = latent_gradient,
    .negative_sums = negative_sums,
    .linear_bottleneck = linear_bottleneck,
    .square_error = square_error,
    .moment_update = moment_update,
    .square_sum = square_sum,
    .weighted_sum = weighted_sum,
    .add_scaled = add_scaled,
    .scale_and_limit = scale_and_limit,
    .multiply_add = multiply_add,
    .copy_lanes = copy_lanes,
};
