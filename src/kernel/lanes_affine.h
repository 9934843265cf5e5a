/**
 * @file
 * Affine maps of any size over lanes, for src/kernel/lanes.c alone. Arguments point at the first
 * lane of the part being worked on; strides are those of whole elements.
 */
#pragma once

#include "lanes_vector.h"

/* Σ_k weight(u, k) x(r, k), with the strides of W for a unit and for a term. */
struct product {
    const float *x; /* [rows][terms] */
    const float *weights;
    size_t terms, unit_stride, term_stride;
};

/* sum[u][r] += the product, for `units` units and `rows` samples; the sums stay in registers. */
INLINE void multiply(const size_t units, const size_t rows, struct product product,
                     vector sum[][TILE_MAX]) {
    for (size_t k = 0; k < product.terms; k++) {
        UNROLL
        for (size_t u = 0; u < units; u++) {
            vector weight =
                load(product.weights, u * product.unit_stride + k * product.term_stride);
            UNROLL
            for (size_t r = 0; r < rows; r++) {
                sum[u][r] = fused(weight, load(product.x, r * product.terms + k), sum[u][r]);
            }
        }
    }
}

/* y = start + product, or product alone where `start` is NULL; y has `stride` columns. */
INLINE void multiply_tile(const size_t units, const size_t rows, struct product product,
                          const float *start, size_t stride, float *y) {
    vector sum[TILE_MAX][TILE_MAX];
    UNROLL
    for (size_t u = 0; u < units; u++) {
        UNROLL
        for (size_t r = 0; r < rows; r++) {
            sum[u][r] = start != NULL ? load(start, u) : (vector){0};
        }
    }
    multiply(units, rows, product, sum);
    UNROLL
    for (size_t r = 0; r < rows; r++) {
        UNROLL
        for (size_t u = 0; u < units; u++) {
            store(y, r * stride + u, sum[u][r]);
        }
    }
}

/* All samples of `units` units. */
INLINE void multiply_units(const size_t units, const size_t rows, size_t samples,
                           struct product product, const float *start, size_t stride, float *y) {
    const float *x = product.x;
    for (size_t r = 0; r < samples; r += rows) {
        product.x = x + r * product.terms * L;
        multiply_tile(units, rows, product, start, stride, y + r * stride * L);
    }
}

/* All samples of all `stride` units, in tiles as wide as what is left. */
INLINE void multiply_all(size_t samples, struct product product, const float *start, size_t stride,
                         float *y) {
    const float *weights = product.weights;
    size_t u = 0;
    for (; u + WIDE <= stride; u += WIDE) {
        product.weights = weights + u * product.unit_stride * L;
        multiply_units(WIDE, ROWS, samples, product, start != NULL ? start + u * L : NULL, stride,
                       y + u * L);
    }
    for (; u + NARROW <= stride; u += NARROW) {
        product.weights = weights + u * product.unit_stride * L;
        multiply_units(NARROW, ROWS_NARROW, samples, product, start != NULL ? start + u * L : NULL,
                       stride, y + u * L);
    }
    if (u < stride) {
        product.weights = weights + u * product.unit_stride * L;
        multiply_units(1, ROWS_NARROW, samples, product, start != NULL ? start + u * L : NULL,
                       stride, y + u * L);
    }
}

static void affine(struct affine_shape shape, const float *x, const float *weights,
                   const float *bias, float *y) {
    FOR_PARTS {
        struct product product = {x + part, weights + part, shape.inputs, shape.inputs, 1};
        multiply_all(shape.rows, product, bias + part, shape.outputs, y + part);
    }
}

static void affine_backward(struct affine_shape shape, const float *dy, const float *weights,
                            float *dx) {
    FOR_PARTS {
        struct product product = {dy + part, weights + part, shape.outputs, 1, shape.inputs};
        multiply_all(shape.rows, product, NULL, shape.inputs, dx + part);
    }
}

/* dW for `outputs` × `inputs` weights, and db where bias is not NULL, over all samples. */
INLINE void gradient_tile(const size_t outputs, const size_t inputs, struct affine_shape shape,
                          const float *dy, const float *x, float *weights, float *bias) {
    vector sum[TILE_MAX][TILE_MAX];
    vector bias_sum[TILE_MAX];
    UNROLL
    for (size_t o = 0; o < outputs; o++) {
        bias_sum[o] = bias != NULL ? load(bias, o) : (vector){0};
        UNROLL
        for (size_t i = 0; i < inputs; i++) {
            sum[o][i] = load(weights, o * shape.inputs + i);
        }
    }
    for (size_t r = 0; r < shape.rows; r++) {
        UNROLL
        for (size_t o = 0; o < outputs; o++) {
            vector error = load(dy, r * shape.outputs + o);
            if (bias != NULL) {
                bias_sum[o] += error;
            }
            UNROLL
            for (size_t i = 0; i < inputs; i++) {
                sum[o][i] = fused(error, load(x, r * shape.inputs + i), sum[o][i]);
            }
        }
    }
    UNROLL
    for (size_t o = 0; o < outputs; o++) {
        if (bias != NULL) {
            store(bias, o, bias_sum[o]);
        }
        UNROLL
        for (size_t i = 0; i < inputs; i++) {
            store(weights, o * shape.inputs + i, sum[o][i]);
        }
    }
}

/* A strip of `outputs` rows of W; the bias is summed with its first tile. */
INLINE void gradient_strip(const size_t outputs, const size_t inputs, struct affine_shape shape,
                           const float *dy, const float *x, float *weights, float *bias) {
    size_t i = 0;
    for (; i + inputs <= shape.inputs; i += inputs) {
        if (i == 0) {
            gradient_tile(outputs, inputs, shape, dy, x, weights, bias);
        } else {
            gradient_tile(outputs, inputs, shape, dy, x + i * L, weights + i * L, NULL);
        }
    }
    for (; i < shape.inputs; i++) {
        if (i == 0) {
            gradient_tile(outputs, 1, shape, dy, x, weights, bias);
        } else {
            gradient_tile(outputs, 1, shape, dy, x + i * L, weights + i * L, NULL);
        }
    }
}

INLINE void gradient_strips(const size_t outputs, const size_t inputs, struct affine_shape shape,
                            const float *dy, const float *x, float *weights, float *bias) {
    size_t o = 0;
    for (; o + outputs <= shape.outputs; o += outputs) {
        gradient_strip(outputs, inputs, shape, dy + o * L, x, weights + o * shape.inputs * L,
                       bias + o * L);
    }
    for (; o < shape.outputs; o++) {
        gradient_strip(1, inputs, shape, dy + o * L, x, weights + o * shape.inputs * L,
                       bias + o * L);
    }
}

static void affine_gradient(struct affine_shape shape, const float *dy, const float *x,
                            float *weights_gradient, float *bias_gradient) {
    FOR_PARTS {
        const float *error = dy + part;
        const float *input = x + part;
        float *weights = weights_gradient + part;
        float *bias = bias_gradient + part;
        if (shape.outputs < WIDE) {
            gradient_strips(NARROW, ROWS_NARROW, shape, error, input, weights, bias);
        } else if (shape.inputs < WIDE) {
            gradient_strips(ROWS_NARROW, NARROW, shape, error, input, weights, bias);
        } else {
            gradient_strips(ROWS, ROWS, shape, error, input, weights, bias);
        }
    }
}
