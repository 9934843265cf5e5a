/**
 * @file
 * The memory that a bundle takes, before there is one.
 */
#pragma once

#include "solver/bundle.h"

/** Bytes of a bundle of jobs such as one given, almost all of them. */
struct memory {
    double weights; /**< with their gradient and the solver's state */
    double samples; /**< data, and latents and outputs that are evaluated on them */
    double rows;    /**< samples of a step, and activity on those of one pass */
};

/** Of a bundle of `jobs` of them, at most KERNEL_LANES; of one where networks are wide. */
struct memory memory_of(const struct network_shape *shape, const struct job *job,
                        const struct dataset_size *data, size_t jobs);

double memory_total(const struct memory *memory);
