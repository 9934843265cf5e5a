/**
 * @file
 * Refuses what parses but cannot work. For the room's own files only.
 */
#pragma once

#include "sweep/grid.h"

/** Refuses a value that an axis holds twice; equal draws of !uniform are no mistake. */
enum status check_duplicates(const struct grid_case *grid, struct error *error) CHECKED;

/**
 * Lets components refuse combinations that cannot work, and checks that data, network, training and
 * scores go together (sweep/agreement.h), for every combination of the axes that matter or, where
 * those are too many, for the values of one axis at a time.
 */
enum status check_case(const struct sweep *sweep, const struct grid_case *grid,
                       struct error *error) CHECKED;
