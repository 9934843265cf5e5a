/**
 * @file
 * Runs a bundle of jobs: data, training, scores, rows; and its checkpoints.
 */
#pragma once

#include "dispatch/active_training.h"
#include "dispatch/record.h"
#include "store/row.h"

/** What a rank needs to run bundles. */
struct bundle_runner {
    const struct sweep *sweep;
    const struct record_map *map;
    struct poll poll; /**< without `checkpoint`, which the runner sets itself */
    struct checkpointing checkpointing;
    struct arena arena;   /**< scratch of the current bundle */
    struct arena scoring; /**< scratch of the job that is being scored */
};

/**
 * Runs the jobs of a bundle, all of one shape, from its checkpoint if it has a usable one. Fills
 * rows[count], whose records point into `records` (count × layout.record_bytes, 8-byte aligned,
 * owned by the caller). *finished is the number of rows filled: all, or fewer with STATUS_STOPPED
 * when runner->poll asked to stop; runner->checkpointing then says what was checkpointed.
 * STATUS_NO_MEMORY when the bundle does not fit into memory.
 */
enum status bundle_runner_run(struct bundle_runner *runner, const struct plan_bundle *bundle,
                              void *records, struct row *rows, size_t *finished,
                              struct error *error) CHECKED;

/** Frees the scratch memory. */
void bundle_runner_free(struct bundle_runner *runner);
