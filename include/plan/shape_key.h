/**
 * @file
 * Which jobs may be trained side by side.
 */
#pragma once

#include "sweep/job.h"

/**
 * A hash that is equal for jobs with the same network kind, solver, layer sizes, form of input and
 * values of every parameter flagged PARAMETER_SHAPES. Data may differ.
 */
uint64_t shape_key(const struct job *job, const struct network_shape *network);
