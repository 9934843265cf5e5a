/**
 * @file
 * Affine maps of one-hot inputs over lanes, for src/kernel/lanes.c alone: a column of W is added,
 * nothing multiplied. Rows in which all lanes have the same input, as full batches of one-hot data
 * have, are read as vectors.
 */
#pragma once

#include "lanes_affine.h"

INLINE bool lanes_agree(const uint32_t *hot) {
    uint32_t differing = 0;
    for (size_t l = 1; l < L; l++) {
        differing |= hot[l] ^ hot[0];
    }
    return differing == 0;
}

/* The number of each lane of the part, at its own index. */
INLINE vector gather(const float *array, const uint32_t *index) {
    vector value = {0};
    for (size_t l = 0; l < VECTOR_LANES; l++) {
        value[l] = array[index[l] * L + l];
    }
    return value;
}

INLINE void scatter_add(float *array, const uint32_t *index, vector value) {
    for (size_t l = 0; l < VECTOR_LANES; l++) {
        array[index[l] * L + l] += value[l];
    }
}

INLINE void embed_with(const enum activation f, struct affine_shape shape, const uint32_t *hot,
                       const float *weights, const float *bias, float *y) {
    for (size_t r = 0; r < shape.rows; r++) {
        const uint32_t *row = hot + r * L;
        bool agree = lanes_agree(row);
        FOR_PARTS {
            for (size_t o = 0; o < shape.outputs; o++) {
                const float *w = weights + o * shape.inputs * L + part;
                vector column = agree ? load(w, *row) : gather(w, row + part);
                store(y + part, r * shape.outputs + o, activate(f, column + load(bias + part, o)));
            }
        }
    }
}

static void embed(struct affine_shape shape, const uint32_t *hot, const float *weights,
                  const float *bias, enum activation f, float *y) {
    if (f == ACTIVATION_RELU) {
        embed_with(ACTIVATION_RELU, shape, hot, weights, bias, y);
    } else {
        embed_with(ACTIVATION_LINEAR, shape, hot, weights, bias, y);
    }
}

static void embed_gradient(struct affine_shape shape, const float *dy, const uint32_t *hot,
                           float *weights_gradient, float *bias_gradient) {
    for (size_t r = 0; r < shape.rows; r++) {
        const uint32_t *row = hot + r * L;
        bool agree = lanes_agree(row);
        FOR_PARTS {
            for (size_t o = 0; o < shape.outputs; o++) {
                float *w = weights_gradient + o * shape.inputs * L + part;
                vector error = load(dy + part, r * shape.outputs + o);
                store(bias_gradient + part, o, load(bias_gradient + part, o) + error);
                if (agree) {
                    store(w, *row, load(w, *row) + error);
                } else {
                    scatter_add(w, row + part, error);
                }
            }
        }
    }
}
