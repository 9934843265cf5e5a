/**
 * @file
 * The largest sizes among jobs, for which the results file has room.
 */
#pragma once

#include "plan/sized_job.h"

/** The largest sizes among jobs: lengths of the results file's dimensions. */
struct plan_sizes {
    size_t samples, sources, latents;
    bool periodic;       /**< the sources of some job have frequencies */
    size_t tensor_count; /**< distinct names */
    struct tensor_shape tensors[NETWORK_TENSORS_MAX];
};

/** Enlarges sizes to make room for a job. STATUS_BAD_INPUT when there are too many kinds of
 * weights. */
enum status sizes_include(struct plan_sizes *sizes, const struct sized_job *sized,
                          struct error *error) CHECKED;

/** Enlarges sizes to make room for others. STATUS_BAD_INPUT as sizes_include. */
enum status sizes_merge(struct plan_sizes *sizes, const struct plan_sizes *others,
                        struct error *error) CHECKED;

/**
 * Gives dimensions with the same name the same length. They may differ, since networks of different
 * depth have tensors of the same name in different layers.
 */
void sizes_level(struct plan_sizes *sizes);

/** How many numbers the largest arrays of a job have; grows with every size. */
double sizes_bulk(const struct plan_sizes *sizes);
