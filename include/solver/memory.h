/**
 * @file
 * Estimates the memory of a bundle before it is made.
 */
#pragma once

#include "solver/bundle.h"

/** Almost all bytes of a bundle. */
struct memory {
    double weights; /**< with their gradient and the solver's state */
    double samples; /**< data, and the latents and outputs of all samples */
    double rows;    /**< samples of a step, and activity on those of one pass */
};

/** For a bundle of `jobs` jobs like the one given, at most KERNEL_LANES; one for wide networks. */
struct memory memory_of(const struct network_shape *shape, const struct job *job,
                        const struct dataset_size *data, size_t jobs);

double memory_total(const struct memory *memory);
