/**
 * @file
 * What `modsweep run` is asked for, and how it ended.
 */
#pragma once

#include "dispatch/run_progress.h"
#include "sweep/shard.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct run_request {
    const char *sweep;  /**< the YAML file */
    const char *output; /**< the results file */
    struct shard shard; /**< of shard_parse, or shard_whole(0); jobs are counted later */
    const char *const *overrides;
    size_t override_count;
    const char *const *older; /**< results files to take finished rows from */
    size_t older_count;
    struct run_observer observer; /**< called on rank 0 */
    double notice;                /**< seconds between SIGUSR1 or SIGTERM and the end */
    double checkpoint_interval;   /**< seconds between two checkpoints of a bundle */
    bool take_over;               /**< from another run that writes the file */
};

/** How a run ended, on rank 0. */
struct run_summary {
    int64_t total;        /**< jobs of the sweep or its shard */
    int64_t before;       /**< finished by earlier runs */
    int64_t reused;       /**< copied from older files */
    int64_t torn;         /**< rows found damaged and trained again */
    int64_t resumed;      /**< jobs resumed from checkpoints */
    int64_t unusable;     /**< checkpoints that were damaged or of other jobs */
    int64_t done, failed; /**< by this run */
    int64_t failed_all;   /**< diverged or quarantined rows in the file now */
    double seconds;
    int ranks;
};
