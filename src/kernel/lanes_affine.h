/**
 * @file
 * Affine maps of any size over lanes, for src/kernel/lanes.c alone. Arguments point at the first
 * lane of the part being worked on; strides are those of whole elements.
 */
#pragma once

#include "lanes_vector.h"

/*
 * y[r][u] = f(start[u] + Σ_k weight(u, k) x[r][k]), to which what y held is added where `adds`;
 * with the strides of W for a unit and for a term.
 */
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

/* What is known when the code is compiled. */
struct manner {
    enum activation f;
    bool gated; /* by product.rectified */
    bool adds;
};

INLINE vector lanes_activate(const enum activation f, vector value) {
    return f == ACTIVATION_RELU ? lanes_where(~(value < 0.0f), value) : value; /* NaN stays */
}

INLINE vector lanes_begin_sum(const struct manner manner, const struct product *product,
                              size_t part, size_t row, size_t unit) {
    vector sum = {0};
    if (product->start != NULL) {
        sum = lanes_load(product->start + part, unit);
    }
    if (manner.adds) {
        sum += lanes_load(product->y + part, row * product->columns + unit);
    }
    return sum;
}

INLINE void lanes_end_sum(const struct manner manner, const struct product *product, size_t part,
                          size_t row, size_t unit, vector sum) {
    size_t at = row * product->columns + unit;
    vector value = lanes_activate(manner.f, sum);
    if (manner.gated) {
        value = lanes_where(lanes_load(product->rectified + part, at) > 0.0f, value);
    }
    lanes_store(product->y + part, at, value);
}

/* `units` units of `rows` samples; the sums stay in registers. */
INLINE void lanes_multiply_tile(const size_t units, const size_t rows, const struct manner manner,
                                size_t part, const struct product *product) {
    vector sum[TILE_MAX][TILE_MAX];
    UNROLL
    for (size_t u = 0; u < units; u++) {
        UNROLL
        for (size_t r = 0; r < rows; r++) {
            sum[u][r] = lanes_begin_sum(manner, product, part, r, u);
        }
    }
    for (size_t k = 0; k < product->terms; k++) {
        vector weight[TILE_MAX];
        UNROLL
        for (size_t u = 0; u < units; u++) {
            weight[u] = lanes_load(product->weights + part,
                                   u * product->unit_stride + k * product->term_stride);
        }
        UNROLL
        for (size_t r = 0; r < rows; r++) {
            vector value = lanes_load(product->x + part, r * product->terms + k);
            UNROLL
            for (size_t u = 0; u < units; u++) {
                sum[u][r] = lanes_fused(weight[u], value, sum[u][r]);
            }
        }
    }
    UNROLL
    for (size_t r = 0; r < rows; r++) {
        UNROLL
        for (size_t u = 0; u < units; u++) {
            lanes_end_sum(manner, product, part, r, u, sum[u][r]);
        }
    }
}

/* `units` units of one sample, all parts at once: loads from both halves of a line do not wait for
 * one another. */
INLINE void lanes_multiply_row_tile(const size_t units, const struct manner manner,
                                    const struct product *product) {
    vector sum[TILE_MAX][PARTS];
    UNROLL
    for (size_t u = 0; u < units; u++) {
        UNROLL
        for (size_t p = 0; p < PARTS; p++) {
            sum[u][p] = lanes_begin_sum(manner, product, p * VECTOR_LANES, 0, u);
        }
    }
    for (size_t k = 0; k < product->terms; k++) {
        vector value[PARTS];
        UNROLL
        for (size_t p = 0; p < PARTS; p++) {
            value[p] = lanes_load(product->x + p * VECTOR_LANES, k);
        }
        UNROLL
        for (size_t u = 0; u < units; u++) {
            size_t at = u * product->unit_stride + k * product->term_stride;
            UNROLL
            for (size_t p = 0; p < PARTS; p++) {
                vector weight = lanes_load(product->weights + p * VECTOR_LANES, at);
                sum[u][p] = lanes_fused(weight, value[p], sum[u][p]);
            }
        }
    }
    UNROLL
    for (size_t u = 0; u < units; u++) {
        UNROLL
        for (size_t p = 0; p < PARTS; p++) {
            lanes_end_sum(manner, product, p * VECTOR_LANES, 0, u, sum[u][p]);
        }
    }
}

/* The product from unit `unit` and sample `row` on. */
INLINE struct product lanes_product_from(const struct manner manner, const struct product *product,
                                         size_t row, size_t unit) {
    struct product rest = *product;
    rest.x += row * product->terms * L;
    rest.weights += unit * product->unit_stride * L;
    rest.start = product->start != NULL ? product->start + unit * L : NULL;
    rest.y += (row * product->columns + unit) * L;
    rest.rectified = manner.gated ? product->rectified + (row * product->columns + unit) * L : NULL;
    return rest;
}

/* All units of one sample. */
INLINE void lanes_multiply_row(const struct manner manner, size_t row,
                               const struct product *product) {
    size_t u = 0;
    for (; u + UNITS_OF_ROW <= product->columns; u += UNITS_OF_ROW) {
        struct product own = lanes_product_from(manner, product, row, u);
        lanes_multiply_row_tile(UNITS_OF_ROW, manner, &own);
    }
    for (; u < product->columns; u++) {
        struct product own = lanes_product_from(manner, product, row, u);
        lanes_multiply_row_tile(1, manner, &own);
    }
}

/* `samples` samples of `units` units from unit `first` on. One part of the lanes after the other in
 * each tile, so that a line is fetched once. */
INLINE void lanes_multiply_units(const size_t units, const size_t rows, const struct manner manner,
                                 size_t first, size_t samples, const struct product *product) {
    for (size_t r = 0; r < samples; r += rows) {
        struct product own = lanes_product_from(manner, product, r, first);
        FOR_PARTS {
            lanes_multiply_tile(units, rows, manner, part, &own);
        }
    }
}

/* All samples of all units, in tiles as wide as what is left. */
INLINE void lanes_multiply_all(const struct manner manner, size_t samples, struct product product) {
    size_t whole = samples - samples % KERNEL_ROW_QUANTUM;
    size_t u = 0;
    for (; whole > 0 && u + UNITS <= product.columns; u += UNITS) {
        lanes_multiply_units(UNITS, ROWS, manner, u, whole, &product);
    }
    size_t left = product.columns - u;
    if (left == 3) {
        lanes_multiply_units(3, ROWS, manner, u, whole, &product);
    } else if (left == 2) {
        lanes_multiply_units(2, ROWS_NARROW, manner, u, whole, &product);
    } else if (left == 1) {
        lanes_multiply_units(1, ROWS_SINGLE, manner, u, whole, &product);
    }
    for (size_t r = whole; r < samples; r++) {
        lanes_multiply_row(manner, r, &product);
    }
}

static struct product lanes_forward_product(struct affine_shape shape, const float *x,
                                            const float *weights, const float *bias, float *y) {
    return (struct product){.x = x,
                            .weights = weights,
                            .terms = shape.inputs,
                            .unit_stride = shape.inputs,
                            .term_stride = 1,
                            .start = bias,
                            .y = y,
                            .columns = shape.outputs};
}

static void lanes_affine(struct affine_shape shape, const float *x, const float *weights,
                         const float *bias, enum activation f, float *y) {
    struct product product = lanes_forward_product(shape, x, weights, bias, y);
    if (f == ACTIVATION_RELU) {
        lanes_multiply_all((struct manner){.f = ACTIVATION_RELU}, shape.rows, product);
    } else {
        lanes_multiply_all((struct manner){.f = ACTIVATION_LINEAR}, shape.rows, product);
    }
}

static void lanes_affine_add(struct affine_shape shape, const float *x, const float *weights,
                             const float *bias, enum activation f, float *y) {
    struct product product = lanes_forward_product(shape, x, weights, bias, y);
    if (f == ACTIVATION_RELU) {
        lanes_multiply_all((struct manner){.f = ACTIVATION_RELU, .adds = true}, shape.rows,
                           product);
    } else {
        lanes_multiply_all((struct manner){.f = ACTIVATION_LINEAR, .adds = true}, shape.rows,
                           product);
    }
}

static struct product lanes_backward_product(struct affine_shape shape, const float *dy,
                                             const float *weights, const float *rectified,
                                             float *dx) {
    return (struct product){.x = dy,
                            .weights = weights,
                            .terms = shape.outputs,
                            .unit_stride = 1,
                            .term_stride = shape.inputs,
                            .y = dx,
                            .rectified = rectified,
                            .columns = shape.inputs};
}

static void lanes_affine_backward(struct affine_shape shape, const float *dy, const float *weights,
                                  const float *rectified, float *dx) {
    struct product product = lanes_backward_product(shape, dy, weights, rectified, dx);
    if (rectified != NULL) {
        lanes_multiply_all((struct manner){.gated = true}, shape.rows, product);
    } else {
        lanes_multiply_all((struct manner){.gated = false}, shape.rows, product);
    }
}

static void lanes_affine_backward_add(struct affine_shape shape, const float *dy,
                                      const float *weights, const float *rectified, float *dx) {
    struct product product = lanes_backward_product(shape, dy, weights, rectified, dx);
    if (rectified != NULL) {
        lanes_multiply_all((struct manner){.gated = true, .adds = true}, shape.rows, product);
    } else {
        lanes_multiply_all((struct manner){.adds = true}, shape.rows, product);
    }
}

/* dW for `outputs` × `inputs` weights over all samples. */
INLINE void lanes_gradient_tile(const size_t outputs, const size_t inputs,
                                struct affine_shape shape, const float *dy, const float *x,
                                float *weights) {
    vector sum[TILE_MAX][TILE_MAX];
    UNROLL
    for (size_t o = 0; o < outputs; o++) {
        UNROLL
        for (size_t i = 0; i < inputs; i++) {
            sum[o][i] = lanes_load(weights, o * shape.inputs + i);
        }
    }
    for (size_t r = 0; r < shape.rows; r++) {
        vector error[TILE_MAX];
        UNROLL
        for (size_t o = 0; o < outputs; o++) {
            error[o] = lanes_load(dy, r * shape.outputs + o);
        }
        UNROLL
        for (size_t i = 0; i < inputs; i++) {
            vector value = lanes_load(x, r * shape.inputs + i);
            UNROLL
            for (size_t o = 0; o < outputs; o++) {
                sum[o][i] = lanes_fused(error[o], value, sum[o][i]);
            }
        }
    }
    UNROLL
    for (size_t o = 0; o < outputs; o++) {
        UNROLL
        for (size_t i = 0; i < inputs; i++) {
            lanes_store(weights, o * shape.inputs + i, sum[o][i]);
        }
    }
}

/* `outputs` rows of W and `inputs` columns, at row o and column i. */
INLINE void lanes_gradient_parts(const size_t outputs, const size_t inputs, size_t o, size_t i,
                                 struct affine_shape shape, const float *dy, const float *x,
                                 float *weights) {
    FOR_PARTS {
        lanes_gradient_tile(outputs, inputs, shape, dy + o * L + part, x + i * L + part,
                            weights + (o * shape.inputs + i) * L + part);
    }
}

/* `outputs` rows of W from row o on, in tiles of `inputs` columns and of what is left. */
INLINE void lanes_gradient_strip(const size_t outputs, const size_t inputs, size_t o,
                                 struct affine_shape shape, const float *dy, const float *x,
                                 float *weights) {
    size_t i = 0;
    for (; i + inputs <= shape.inputs; i += inputs) {
        lanes_gradient_parts(outputs, inputs, o, i, shape, dy, x, weights);
    }
    if (inputs > 2 && i + 2 <= shape.inputs) {
        lanes_gradient_parts(outputs, 2, o, i, shape, dy, x, weights);
        i += 2;
    }
    for (; i < shape.inputs; i++) {
        lanes_gradient_parts(outputs, 1, o, i, shape, dy, x, weights);
    }
}

/* Strips of `outputs` rows of W, then what is left over in lower and longer tiles. */
INLINE void lanes_gradient_strips(const size_t outputs, const size_t inputs,
                                  struct affine_shape shape, const float *dy, const float *x,
                                  float *weights) {
    size_t o = 0;
    for (; o + outputs <= shape.outputs; o += outputs) {
        lanes_gradient_strip(outputs, inputs, o, shape, dy, x, weights);
    }
    if (outputs > 3 && o + 3 <= shape.outputs) {
        lanes_gradient_strip(3, WIDE, o, shape, dy, x, weights);
        o += 3;
    }
    if (outputs > 2 && o + 2 <= shape.outputs) {
        lanes_gradient_strip(2, WIDE, o, shape, dy, x, weights);
        o += 2;
    }
    for (; o < shape.outputs; o++) {
        lanes_gradient_strip(1, TILE_MAX, o, shape, dy, x, weights);
    }
}

/* db for `outputs` units from unit o on. */
INLINE void lanes_bias_tile(const size_t outputs, size_t o, struct affine_shape shape,
                            const float *dy, float *bias) {
    FOR_PARTS {
        vector sum[TILE_MAX];
        UNROLL
        for (size_t u = 0; u < outputs; u++) {
            sum[u] = lanes_load(bias + part, o + u);
        }
        for (size_t r = 0; r < shape.rows; r++) {
            UNROLL
            for (size_t u = 0; u < outputs; u++) {
                sum[u] += lanes_load(dy + part, r * shape.outputs + o + u);
            }
        }
        UNROLL
        for (size_t u = 0; u < outputs; u++) {
            lanes_store(bias + part, o + u, sum[u]);
        }
    }
}

static void lanes_affine_gradient(struct affine_shape shape, const float *dy, const float *x,
                                  float *weights_gradient, float *bias_gradient) {
    size_t o = 0;
    for (; o + TILE_MAX <= shape.outputs; o += TILE_MAX) {
        lanes_bias_tile(TILE_MAX, o, shape, dy, bias_gradient);
    }
    for (; o < shape.outputs; o++) {
        lanes_bias_tile(1, o, shape, dy, bias_gradient);
    }
    if (shape.inputs == 2) {
        lanes_gradient_strips(ROWS_NARROW, 2, shape, dy, x, weights_gradient);
    } else if (shape.inputs % 3 == 0 && shape.inputs % 4 != 0) {
        lanes_gradient_strips(WIDE, 3, shape, dy, x, weights_gradient);
    } else {
        lanes_gradient_strips(UNITS, WIDE, shape, dy, x, weights_gradient);
    }
}
