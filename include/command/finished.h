/**
 * @file
 * Which jobs of a sweep a results file already holds.
 */
#pragma once

#include "base/arena.h"
#include "store/layout.h"
#include "sweep/shard.h"
#include "sweep/sweep.h"

/**
 * Counts the finished jobs of the shard in a results file; 0 when there is no such file. *states,
 * owned by the arena, is for struct plan_progress. STATUS_BAD_INPUT when the file belongs to
 * another sweep or shard; when there is none, the errors of results_creatable.
 */
enum status finished_jobs(const char *path, const struct sweep *sweep, const struct shard *shard,
                          const struct results_layout *layout, struct arena *arena,
                          const uint8_t **states, int64_t *finished, struct error *error) CHECKED;

/** The *states of a file that does not exist yet. */
enum status finished_nothing(const struct shard *shard, struct arena *arena, const uint8_t **states,
                             struct error *error) CHECKED;
