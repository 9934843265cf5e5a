/**
 * @file
 * Whether a results file belongs to a sweep, so that a run of the sweep may resume it.
 */
#pragma once

#include "store/layout.h"
#include "sweep/shard.h"
#include "sweep/sweep.h"

/**
 * STATUS_OK when the file holds this grid, or this shard of it, with these variables.
 * STATUS_BAD_INPUT when it holds something else (the message names the difference and --reuse) or
 * is no results file; STATUS_STORAGE when it is damaged. Not collective.
 */
enum status results_match(const char *path, const struct sweep *sweep, const struct shard *shard,
                          const struct results_layout *layout, struct error *error) CHECKED;
