/**
 * @file
 * What a results file holds already of a sweep.
 */
#pragma once

#include "base/arena.h"
#include "store/layout.h"
#include "sweep/shard.h"
#include "sweep/sweep.h"

/**
 * Rows of the shard that the file has; 0 when there is no such file. *states, of the arena, is for
 * struct plan_progress. STATUS_BAD_INPUT when it belongs to another sweep or shard; where there is
 * none, the errors of results_creatable.
 */
enum status finished_jobs(const char *path, const struct sweep *sweep, const struct shard *shard,
                          const struct results_layout *layout, struct arena *arena,
                          const uint8_t **states, int64_t *finished, struct error *error) CHECKED;

/** *states of a file that is not there yet. */
enum status finished_nothing(const struct shard *shard, struct arena *arena, const uint8_t **states,
                             struct error *error) CHECKED;
