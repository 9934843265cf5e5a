/**
 * @file
 * Which jobs may be trained side by side.
 */
#pragma once

#include "plan/sized_job.h"

/**
 * A hash that is equal for jobs with the same network kind, solver, layer sizes, form of input,
 * steps of a sequence, values of every parameter flagged PARAMETER_SHAPES, and kernels. Data may
 * differ.
 */
uint64_t shape_key(const struct sized_job *sized);
