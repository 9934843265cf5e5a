/**
 * @file
 * The weights that training starts from: random ones, or those of a file.
 */
#pragma once

#include "base/arena.h"
#include "job/job.h"
#include "network/network.h"

/**
 * Fills weights[parameter_count] of a job, in double precision: from the tensors of the same names
 * in the HDF5 group `train.initial` when that is given, else from the job's own random stream.
 * STATUS_BAD_INPUT names file, tensor and the shape that was expected. Scratch memory comes from
 * the arena.
 */
enum status initial_weights(const struct job *job, const struct network_shape *shape,
                            struct arena *arena, double *weights, struct error *error) CHECKED;
