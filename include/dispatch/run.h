/**
 * @file
 * `modsweep run`: a sweep from its file to its results, on all ranks.
 */
#pragma once

#include "base/error.h"
#include "show/progress.h"
#include "sweep/shard.h"

#include <mpi.h>
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
    enum progress_style progress;
    double notice;     /**< seconds between SIGUSR1 or SIGTERM and the end */
    double keep_every; /**< seconds between two checkpoints of a bundle */
    bool take_over;    /**< of another run that writes the file */
};

/** How a run ended, on rank 0. */
struct run_summary {
    int64_t total;        /**< jobs of the sweep or its shard */
    int64_t before;       /**< finished by earlier runs */
    int64_t reused;       /**< taken from older files */
    int64_t torn;         /**< rows found damaged and done again */
    int64_t resumed;      /**< jobs that went on from checkpoints */
    int64_t useless;      /**< checkpoints that could not be used */
    int64_t done, failed; /**< by this run */
    int64_t failed_all;   /**< diverged or quarantined rows in the file now */
    double seconds;
    int ranks;
};

/**
 * Runs what is missing. Collective over `comm`; the request of rank 0 counts. All ranks return the
 * same status: STATUS_OK, or the first failure of any, with its message. Jobs that failed are no
 * failure of the run: see summary->failed_all. STATUS_STOPPED when a signal (dispatch/signals.h,
 * installed by the caller) asked it to end before all was done.
 */
enum status run_sweep(const struct run_request *request, MPI_Comm comm, struct run_summary *summary,
                      struct error *error) CHECKED;
