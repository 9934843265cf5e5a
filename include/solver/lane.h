/**
 * @file
 * Prepares one job for training: data, shape and initial weights.
 */
#pragma once

#include "solver/bundle.h"

/**
 * Draws the job's data into *data from its own stream, sizes its network, and finds its initial
 * weights (initial_weights). Memory belongs to the arena; job and data must outlive the lane.
 */
enum status lane_prepare(const struct job *job, struct arena *arena, struct dataset *data,
                         struct network_shape *shape, struct lane *lane,
                         struct error *error) CHECKED;
