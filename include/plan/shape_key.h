/**
 * @file
 * Which jobs may be trained side by side.
 */
#pragma once

#include "plan/sized_job.h"

/**
 * A hash that is equal for jobs with the same kind of network, solver, layer sizes, form of input,
 * length of sequences, kernels, and values of all parameters flagged PARAMETER_SHAPES. Their data
 * may differ.
 */
uint64_t shape_key_of(const struct sized_job *sized);
