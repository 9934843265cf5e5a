/**
 * @file
 * Affine maps of one-hot inputs over lanes, for src/kernel/lanes.c alone: a column of W is added,
 * nothing multiplied. Rows in which all lanes have the same input, as full batches of one-hot data
 * have, are read as vectors.
 */
#pragma once

#include "lanes_affine.h"

enum { EMBED_ROWS = 64 }; /* rows of which it is known whether lanes agree */

/* Whether all lanes have the same input, for each of `rows` rows. */
INLINE void lanes_find_agreement(const uint32_t *hot, size_t rows, bool *agree) {
    for (size_t r = 0; r < rows; r++) {
        uint32_t differing = 0;
        for (size_t l = 1; l < L; l++) {
            differing |= hot[r * L + l] ^ hot[r * L];
        }
        agree[r] = differing == 0;
    }
}

/* The number of each lane of the part, at its own index. */
INLINE vector lanes_gather(const float *array, const uint32_t *index) {
    vector value = {0};
    for (size_t l = 0; l < VECTOR_LANES; l++) {
        value[l] = array[index[l] * L + l];
    }
    return value;
}

INLINE void lanes_scatter_add(float *array, const uint32_t *index, vector value) {
    for (size_t l = 0; l < VECTOR_LANES; l++) {
        array[index[l] * L + l] += value[l];
    }
}

/* Some rows, unit after unit: rows in the order of their inputs read a row of W from end to end. */
INLINE void lanes_embed_rows(const enum activation f, struct affine_shape shape,
                             const uint32_t *hot, const float *weights, const float *bias,
                             float *y) {
    bool agree[EMBED_ROWS];
    lanes_find_agreement(hot, shape.rows, agree);
    for (size_t o = 0; o < shape.outputs; o++) {
        FOR_PARTS {
            const float *w = weights + o * shape.inputs * L + part;
            vector start = lanes_load(bias + part, o);
            for (size_t r = 0; r < shape.rows; r++) {
                const uint32_t *row = hot + r * L;
                vector column = agree[r] ? lanes_load(w, *row) : lanes_gather(w, row + part);
                lanes_store(y + part, r * shape.outputs + o, lanes_activate(f, column + start));
            }
        }
    }
}

INLINE void lanes_embed_gradient_rows(struct affine_shape shape, const float *dy,
                                      const uint32_t *hot, float *weights_gradient,
                                      float *bias_gradient) {
    bool agree[EMBED_ROWS];
    lanes_find_agreement(hot, shape.rows, agree);
    for (size_t o = 0; o < shape.outputs; o++) {
        FOR_PARTS {
            float *w = weights_gradient + o * shape.inputs * L + part;
            vector sum = lanes_load(bias_gradient + part, o);
            for (size_t r = 0; r < shape.rows; r++) {
                const uint32_t *row = hot + r * L;
                vector error = lanes_load(dy + part, r * shape.outputs + o);
                sum += error;
                if (agree[r]) {
                    lanes_store(w, *row, lanes_load(w, *row) + error);
                } else {
                    lanes_scatter_add(w, row + part, error);
                }
            }
            lanes_store(bias_gradient + part, o, sum);
        }
    }
}

/* The rows from `first` on that are worked on together. */
INLINE struct affine_shape lanes_embed_part(struct affine_shape shape, size_t first) {
    size_t left = shape.rows - first;
    return (struct affine_shape){left < EMBED_ROWS ? left : EMBED_ROWS, shape.inputs,
                                 shape.outputs};
}

static void lanes_embed(struct affine_shape shape, const uint32_t *hot, const float *weights,
                        const float *bias, enum activation f, float *y) {
    for (size_t first = 0; first < shape.rows; first += EMBED_ROWS) {
        struct affine_shape part = lanes_embed_part(shape, first);
        float *to = y + first * shape.outputs * L;
        if (f == ACTIVATION_RELU) {
            lanes_embed_rows(ACTIVATION_RELU, part, hot + first * L, weights, bias, to);
        } else {
            lanes_embed_rows(ACTIVATION_LINEAR, part, hot + first * L, weights, bias, to);
        }
    }
}

static void lanes_embed_gradient(struct affine_shape shape, const float *dy, const uint32_t *hot,
                                 float *weights_gradient, float *bias_gradient) {
    for (size_t first = 0; first < shape.rows; first += EMBED_ROWS) {
        lanes_embed_gradient_rows(lanes_embed_part(shape, first), dy + first * shape.outputs * L,
                                  hot + first * L, weights_gradient, bias_gradient);
    }
}
