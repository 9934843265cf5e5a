/**
 * @file
 * Refuses sweeps that parse but cannot work. For the room's own files only.
 */
#pragma once

#include "sweep/grid.h"

/** Refuses duplicate values on an axis. Equal draws of !uniform are allowed. */
enum status check_duplicates(const struct grid_case *grid, struct error *error) CHECKED;

/**
 * Lets components refuse combinations of their settings, and checks that data, network, training
 * and scores go together (sweep/agreement.h): for every combination of the axes that matter, or one
 * axis at a time where these are too many. STATUS_BAD_INPUT, with the place.
 */
enum status check_case(const struct sweep *sweep, const struct grid_case *grid,
                       struct error *error) CHECKED;
