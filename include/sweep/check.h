/**
 * @file
 * Refuses what parses but cannot work. For the sweep's own files only.
 */
#pragma once

#include "sweep/grid.h"

/** Refuses a value that an axis holds twice; equal draws of !uniform are no mistake. */
enum status grid_refuse_duplicates(struct sweep *sweep, size_t index, struct error *error) CHECKED;

/** Lets components refuse combinations that cannot work. */
enum status grid_check(struct sweep *sweep, size_t index, struct error *error) CHECKED;
