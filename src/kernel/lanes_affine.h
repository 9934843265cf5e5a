/**
 * @file
 * Affine maps of any size over lanes, for src/kernel/lanes.c alone. Arguments point at the first
 * lane of the part being worked on; strides are those of whole elements.
 */
#pragma once

#include "lanes_vector.h"

/* y[r][u] = f(start[u] + Σ_k weight(u, k) x[r][k]), with the strides of W for a unit and for a
 * term. */
struct product {
    const float *x; /* [rows][terms] */
    const float *weights;
    size_t terms, unit_stride, term_stride;
    const float *start; /* [units], or NULL for zero */
    float *y;           /* [rows][columns] */
    const float
        *rectified; /* [rows][columns], of kernel.affine_backward; NULL where there is none */
    size_t columns;
};

INLINE vector activate(const enum activation f, vector value) {
    return f == ACTIVATION_RELU ? where(~(value < 0.0f), value) : value; /* NaN stays */
}

/* `units` units of `rows` samples; the sums stay in registers. */
INLINE void multiply_tile(const size_t units, const size_t rows, const enum activation f,
                          const bool gated, struct product product) {
    vector sum[TILE_MAX][TILE_MAX];
    UNROLL
    for (size_t u = 0; u < units; u++) {
        vector start = product.start != NULL ? load(product.start, u) : (vector){0};
        UNROLL
        for (size_t r = 0; r < rows; r++) {
            sum[u][r] = start;
        }
    }
    for (size_t k = 0; k < product.terms; k++) {
        vector weight[TILE_MAX];
        UNROLL
        for (size_t u = 0; u < units; u++) {
            weight[u] = load(product.weights, u * product.unit_stride + k * product.term_stride);
        }
        UNROLL
        for (size_t r = 0; r < rows; r++) {
            vector value = load(product.x, r * product.terms + k);
            UNROLL
            for (size_t u = 0; u < units; u++) {
                sum[u][r] = fused(weight[u], value, sum[u][r]);
            }
        }
    }
    UNROLL
    for (size_t r = 0; r < rows; r++) {
        UNROLL
        for (size_t u = 0; u < units; u++) {
            vector value = activate(f, sum[u][r]);
            if (gated) {
                value = where(load(product.rectified, r * product.columns + u) > 0.0f, value);
            }
            store(product.y, r * product.columns + u, value);
        }
    }
}

/* One part of the lanes after the other in each tile, so that a line is fetched once. */
INLINE void multiply_parts(const size_t units, const size_t rows, const enum activation f,
                           const bool gated, struct product product) {
    FOR_PARTS {
        struct product own = product;
        own.x += part;
        own.weights += part;
        own.y += part;
        own.start = product.start != NULL ? product.start + part : NULL;
        own.rectified = gated ? product.rectified + part : NULL;
        multiply_tile(units, rows, f, gated, own);
    }
}

/* All samples of `units` units from unit `first` on. */
INLINE void multiply_units(const size_t units, const size_t rows, const enum activation f,
                           const bool gated, size_t first, size_t samples, struct product product) {
    product.weights += first * product.unit_stride * L;
    product.y += first * L;
    product.start = product.start != NULL ? product.start + first * L : NULL;
    product.rectified = gated ? product.rectified + first * L : NULL;
    for (size_t r = 0; r < samples; r += rows) {
        multiply_parts(units, rows, f, gated, product);
        product.x += rows * product.terms * L;
        product.y += rows * product.columns * L;
        product.rectified = gated ? product.rectified + rows * product.columns * L : NULL;
    }
}

/* All samples of all units, in tiles as wide as what is left. */
INLINE void multiply_all(const enum activation f, const bool gated, size_t samples,
                         struct product product) {
    size_t u = 0;
    for (; u + UNITS <= product.columns; u += UNITS) {
        multiply_units(UNITS, ROWS, f, gated, u, samples, product);
    }
    size_t left = product.columns - u;
    if (left == 3) {
        multiply_units(3, ROWS, f, gated, u, samples, product);
    } else if (left == 2) {
        multiply_units(2, ROWS_NARROW, f, gated, u, samples, product);
    } else if (left == 1) {
        multiply_units(1, ROWS_SINGLE, f, gated, u, samples, product);
    }
}

static void affine(struct affine_shape shape, const float *x, const float *weights,
                   const float *bias, enum activation f, float *y) {
    struct product product = {.x = x,
                              .weights = weights,
                              .terms = shape.inputs,
                              .unit_stride = shape.inputs,
                              .term_stride = 1,
                              .start = bias,
                              .y = y,
                              .columns = shape.outputs};
    if (f == ACTIVATION_RELU) {
        multiply_all(ACTIVATION_RELU, false, shape.rows, product);
    } else {
        multiply_all(ACTIVATION_LINEAR, false, shape.rows, product);
    }
}

static void affine_backward(struct affine_shape shape, const float *dy, const float *weights,
                            const float *rectified, float *dx) {
    struct product product = {.x = dy,
                              .weights = weights,
                              .terms = shape.outputs,
                              .unit_stride = 1,
                              .term_stride = shape.inputs,
                              .y = dx,
                              .rectified = rectified,
                              .columns = shape.inputs};
    if (rectified != NULL) {
        multiply_all(ACTIVATION_LINEAR, true, shape.rows, product);
    } else {
        multiply_all(ACTIVATION_LINEAR, false, shape.rows, product);
    }
}

/* dW for `outputs` × `inputs` weights over all samples. */
INLINE void gradient_tile(const size_t outputs, const size_t inputs, struct affine_shape shape,
                          const float *dy, const float *x, float *weights) {
    vector sum[TILE_MAX][TILE_MAX];
    UNROLL
    for (size_t o = 0; o < outputs; o++) {
        UNROLL
        for (size_t i = 0; i < inputs; i++) {
            sum[o][i] = load(weights, o * shape.inputs + i);
        }
    }
    for (size_t r = 0; r < shape.rows; r++) {
        vector error[TILE_MAX];
        UNROLL
        for (size_t o = 0; o < outputs; o++) {
            error[o] = load(dy, r * shape.outputs + o);
        }
        UNROLL
        for (size_t i = 0; i < inputs; i++) {
            vector value = load(x, r * shape.inputs + i);
            UNROLL
            for (size_t o = 0; o < outputs; o++) {
                sum[o][i] = fused(error[o], value, sum[o][i]);
            }
        }
    }
    UNROLL
    for (size_t o = 0; o < outputs; o++) {
        UNROLL
        for (size_t i = 0; i < inputs; i++) {
            store(weights, o * shape.inputs + i, sum[o][i]);
        }
    }
}

/* `outputs` rows of W and `inputs` columns, at row o and column i. */
INLINE void gradient_parts(const size_t outputs, const size_t inputs, size_t o, size_t i,
                           struct affine_shape shape, const float *dy, const float *x,
                           float *weights) {
    FOR_PARTS {
        gradient_tile(outputs, inputs, shape, dy + o * L + part, x + i * L + part,
                      weights + (o * shape.inputs + i) * L + part);
    }
}

/* `outputs` rows of W from row o on, in tiles of `inputs` columns and of what is left. */
INLINE void gradient_strip(const size_t outputs, const size_t inputs, size_t o,
                           struct affine_shape shape, const float *dy, const float *x,
                           float *weights) {
    size_t i = 0;
    for (; i + inputs <= shape.inputs; i += inputs) {
        gradient_parts(outputs, inputs, o, i, shape, dy, x, weights);
    }
    if (inputs > 2 && i + 2 <= shape.inputs) {
        gradient_parts(outputs, 2, o, i, shape, dy, x, weights);
        i += 2;
    }
    for (; i < shape.inputs; i++) {
        gradient_parts(outputs, 1, o, i, shape, dy, x, weights);
    }
}

/* Strips of `outputs` rows of W, then what is left over in lower and longer tiles. */
INLINE void gradient_strips(const size_t outputs, const size_t inputs, struct affine_shape shape,
                            const float *dy, const float *x, float *weights) {
    size_t o = 0;
    for (; o + outputs <= shape.outputs; o += outputs) {
        gradient_strip(outputs, inputs, o, shape, dy, x, weights);
    }
    if (outputs > 3 && o + 3 <= shape.outputs) {
        gradient_strip(3, WIDE, o, shape, dy, x, weights);
        o += 3;
    }
    if (outputs > 2 && o + 2 <= shape.outputs) {
        gradient_strip(2, WIDE, o, shape, dy, x, weights);
        o += 2;
    }
    for (; o < shape.outputs; o++) {
        gradient_strip(1, TILE_MAX, o, shape, dy, x, weights);
    }
}

/* db for `outputs` units from unit o on. */
INLINE void bias_tile(const size_t outputs, size_t o, struct affine_shape shape, const float *dy,
                      float *bias) {
    FOR_PARTS {
        vector sum[TILE_MAX];
        UNROLL
        for (size_t u = 0; u < outputs; u++) {
            sum[u] = load(bias + part, o + u);
        }
        for (size_t r = 0; r < shape.rows; r++) {
            UNROLL
            for (size_t u = 0; u < outputs; u++) {
                sum[u] += load(dy + part, r * shape.outputs + o + u);
            }
        }
        UNROLL
        for (size_t u = 0; u < outputs; u++) {
            store(bias + part, o + u, sum[u]);
        }
    }
}

static void affine_gradient(struct affine_shape shape, const float *dy, const float *x,
                            float *weights_gradient, float *bias_gradient) {
    size_t o = 0;
    for (; o + TILE_MAX <= shape.outputs; o += TILE_MAX) {
        bias_tile(TILE_MAX, o, shape, dy, bias_gradient);
    }
    for (; o < shape.outputs; o++) {
        bias_tile(1, o, shape, dy, bias_gradient);
    }
    if (shape.inputs == 2) {
        gradient_strips(ROWS_NARROW, 2, shape, dy, x, weights_gradient);
    } else if (shape.inputs % 3 == 0 && shape.inputs % 4 != 0) {
        gradient_strips(WIDE, 3, shape, dy, x, weights_gradient);
    } else {
        gradient_strips(UNITS, WIDE, shape, dy, x, weights_gradient);
    }
}
