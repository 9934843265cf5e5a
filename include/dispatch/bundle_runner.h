/**
 * @file
 * Doing a bundle of jobs: data, training, scores, rows; and its checkpoints.
 */
#pragma once

#include "dispatch/active_training.h"
#include "dispatch/record.h"
#include "store/row.h"

/** What a rank needs to do bundles. */
struct bundle_runner {
    const struct sweep *sweep;
    const struct record_map *map;
    struct poll poll; /**< without `keep`, which is the workshop's own */
    struct checkpointing checkpointing;
    struct arena arena;   /**< scratch of the bundle under way */
    struct arena scoring; /**< scratch of the job that is being scored */
};

/**
 * Does the jobs of a bundle, all of one shape, from its checkpoint if it has one that can be used.
 * Fills rows[count], whose records point into `records`, count × layout.record_bytes, 8-byte
 * aligned, the caller's. *finished is how many rows are filled; fewer with STATUS_STOPPED, when
 * workshop.poll had the rest left off. workshop.keeping then says what was kept.
 */
enum status bundle_runner_run(struct bundle_runner *runner, const struct plan_bundle *bundle,
                              void *records, struct row *rows, size_t *finished,
                              struct error *error) CHECKED;

/** Gives the scratch memory back. */
void bundle_runner_free(struct bundle_runner *runner);
