/**
 * @file
 * A job with the sizes of its data and network, which determine its shape, cost and memory.
 */
#pragma once

#include "data/distribution.h"
#include "network/network.h"
#include "sweep/sweep.h"

struct sized_job {
    struct job job;
    struct dataset_size data;     /**< zero without data */
    struct network_shape network; /**< zero where nothing trains */
};

/** Decodes a job and asks for its sizes. STATUS_BAD_INPUT, with the place, where they are refused.
 */
enum status sized_job_decode(const struct sweep *sweep, int64_t index, struct sized_job *sized,
                             struct error *error) CHECKED;

/** Whether the network is wide: trained alone, since it fills a matrix product (network_is_wide).
 */
bool sized_job_is_wide(const struct sized_job *sized);

/** Memory of a bundle of `jobs` such jobs, in bytes (solver/memory.h). */
double sized_job_bytes(const struct sized_job *sized, size_t jobs);
