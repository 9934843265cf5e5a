/**
 * @file
 * Turns the keys of one case into a grid. For the sweep's own files only.
 */
#pragma once

#include "sweep/grid.h"

/** Builds case `index` of the sweep from its merged keys. `at` is where the case is written. */
enum status grid_build(struct sweep *sweep, size_t index, const struct key_values *pairs,
                       const struct node *at, struct error *error) CHECKED;
