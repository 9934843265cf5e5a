/**
 * @file
 * Turns the keys of one case into a grid. For the room's own files only.
 */
#pragma once

#include "sweep/grid.h"

/**
 * Builds a case from its merged keys: reads axes, finds the components in use and the type of every
 * key, and fills templates. The case's number, place and subgrid must be set. STATUS_BAD_INPUT,
 * with the place, for unknown and missing keys and wrong values.
 */
enum status build_case(struct sweep *sweep, struct grid_case *grid, const struct key_values *pairs,
                       struct error *error) CHECKED;
