/**
 * @file
 * Stacks of layers on data sets of different sizes, side by side, with batches drawn for them.
 */
#pragma once

#include "network/stack_oracle.h"
#include "network/stacks.h"
#include "solver/distance.h"
#include "solver/training.h"

enum { LANES_USED = 6, EPOCHS = 5, PIXELS = 17 };

static const struct stack autoencoder = {
    "mlp_autoencoder", {7}, 1, 4, false, 3, 0, false, 1, false};
static const struct stack supervised = {"feedforward", {9, 6}, 2, 0, true, 3, 2, false, 2, true};
static const struct stack one_hot = {"feedforward", {9}, 1, 0, true, PIXELS, 2, true, 1, false};
static const struct stack *const stacks[] = {&autoencoder, &supervised, &one_hot};
enum { STACKS = sizeof stacks / sizeof stacks[0] };

/* Data sets of single samples, of a quantum, and of no multiple of one; two of one size. */
static const size_t sizes[LANES_USED] = {1, 8, 13, 13, 20, 31};
static const size_t in_order[LANES_USED] = {0, 1, 2, 3, 4, 5};

/* Lanes that draw. */
struct drawing {
    struct arena arena;
    struct trial trials[KERNEL_LANES];
    struct lane lanes[KERNEL_LANES];
    struct bundle bundle;
    struct batches batches;
};

/* Lane k is trial which[k], of sizes[which[k]] samples. */
static inline void set_up(struct drawing *drawing, const struct kernel *kernel,
                          const struct stack *stack, size_t batch, const size_t *which,
                          size_t count) {
    struct error error = {0};
    *drawing = (struct drawing){0};
    for (size_t k = 0; k < count; k++) {
        drawing->trials[k] = stack_trial(which[k] + 1, sizes[which[k]], stack, &drawing->arena);
        drawing->trials[k].job.train.batch = (int64_t)batch;
        drawing->lanes[k] = trial_lane(&drawing->trials[k]);
    }
    assert_ok(&error, bundle_make(kernel, &drawing->trials[0].shape, drawing->lanes, count,
                                  &drawing->arena, &drawing->bundle, &error));
    assert_ok(&error, batches_make(&drawing->bundle, &drawing->arena, &drawing->batches, &error));
}

/* The sample in a row of the present batch. */
static inline size_t drawn(const struct drawing *drawing, size_t row, size_t lane) {
    return drawing->batches.drawn[row * drawing->bundle.count + lane];
}
