/**
 * @file
 * Bundles that were left half-trained: each in a side file of its own, in the folder
 * RESULTS.h5.checkpoints beside the results. A file is made whole under another name, so what has
 * its name is whole. Nothing here is collective.
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

/** A bundle half-trained. */
struct checkpoint {
    int64_t key;    /**< names the file: the first of its jobs */
    int64_t step;   /**< steps done */
    double seconds; /**< of one core, each job's share so far */
    double cost;    /**< of its costliest job, in the plan's units */
    size_t count;
    struct checkpoint_lane lanes[CHECKPOINT_LANES_MAX];
};

/** Writes a checkpoint of the run `incarnation`, in place of an older one of its key. */
enum status checkpoint_write(const char *results, const struct checkpoint *checkpoint,
                             int64_t run_epoch, struct error *error) CHECKED;

/** Reads one; its data belong to the arena. STATUS_STORAGE when there is none or it is damaged. */
enum status checkpoint_read(const char *results, int64_t key, struct arena *arena,
                            struct checkpoint *checkpoint, struct error *error) CHECKED;

/**
 * The keys of all checkpoints, in ascending order, owned by the arena. What killed runs left
 * half-written is removed. No folder is no checkpoint.
 */
enum status checkpoint_keys(const char *results, struct arena *arena, int64_t **keys, size_t *count,
                            struct error *error) CHECKED;

/** Removes a checkpoint; there need not be one. */
enum status checkpoint_remove(const char *results, int64_t key, struct error *error) CHECKED;

/** Removes the folder if nothing is in it. */
void checkpoint_remove_folder(const char *results);
