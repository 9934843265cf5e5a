/**
 * @file
 * One job made ready to be trained.
 */
#pragma once

#include "solver/bundle.h"

/**
 * Draws the job's data into *data and its initial weights, each from the job's own stream, and
 * sizes its network. Memory belongs to the arena; the job must outlive the lane.
 */
enum status lane_prepare(const struct job *job, struct arena *arena, struct dataset *data,
                         struct network_shape *shape, struct lane *lane,
                         struct error *error) CHECKED;
