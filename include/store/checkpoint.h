/**
 * @file
 * Checkpoints: the training state of bundles that a run could not finish, one file each, in the
 * folder RESULTS.h5.checkpoints beside the results. A file is written under another name and
 * renamed, so that a file of that name is complete. Nothing here is collective.
 */
#pragma once

#include "base/arena.h"
#include "base/random.h"

#include <stdint.h>

enum { CHECKPOINT_LANES_MAX = 16 };

/** One job of a checkpoint. */
struct checkpoint_lane {
    int64_t job; /**< index in the sweep */
    struct job_hash hash;
    size_t bytes;
    const void *data; /**< 8-byte aligned state of its training (solver/snapshot.h) */
};

/** A partly trained bundle. */
struct checkpoint {
    int64_t key;    /**< names the file: the first of its jobs */
    int64_t step;   /**< steps done */
    double seconds; /**< of one core, each job's share so far */
    double cost;    /**< of its costliest job, in the plan's units */
    size_t count;
    struct checkpoint_lane lanes[CHECKPOINT_LANES_MAX];
};

/** Writes a checkpoint of run number `run_epoch`; replaces an older one of the same key. */
enum status checkpoint_write(const char *results_path, const struct checkpoint *checkpoint,
                             int64_t run_epoch, struct error *error) CHECKED;

/** Reads a checkpoint; its data belong to the arena. STATUS_STORAGE when there is none or it is
 * damaged. */
enum status checkpoint_read(const char *results_path, int64_t key, struct arena *arena,
                            struct checkpoint *checkpoint, struct error *error) CHECKED;

/**
 * Lists the keys of all checkpoints, in ascending order; they belong to the arena. Removes files
 * that killed runs left incomplete. Without the folder there are no checkpoints.
 */
enum status checkpoint_keys(const char *results_path, struct arena *arena, int64_t **keys,
                            size_t *count, struct error *error) CHECKED;

/** Removes a checkpoint, if there is one. */
enum status checkpoint_remove(const char *results_path, int64_t key, struct error *error) CHECKED;

/** Removes the folder if it is empty. */
void checkpoint_remove_folder(const char *results_path);
