/**
 * @file
 * The keys whose values differ between the jobs of a sweep. For the sweep's own files only.
 */
#pragma once

#include "sweep/grid.h"

/** Finds the keys whose values differ between jobs. */
enum status grid_columns(struct sweep *sweep, struct error *error) CHECKED;
