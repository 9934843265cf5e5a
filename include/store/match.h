/**
 * @file
 * Whether a results file is the one of a sweep.
 */
#pragma once

#include "store/layout.h"
#include "sweep/shard.h"
#include "sweep/sweep.h"

/**
 * Compares a file with the sweep: STATUS_OK when it holds this very grid, or this shard of it,
 * with these variables;
 * STATUS_BAD_INPUT, naming the difference and --reuse, when it holds another, or saying what it is
 * when it is no results file; STATUS_STORAGE when it is a damaged one. Not collective.
 */
enum status results_match(const char *path, const struct sweep *sweep, const struct shard *shard,
                          const struct results_layout *layout, struct error *error) CHECKED;
