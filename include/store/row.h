/**
 * @file
 * One row of a results file, and the note of one run, as programs pass them around.
 */
#pragma once

#include "store/format.h"

#include <stdint.h>

/** The state of a row. */
enum row_state {
    ROW_MISSING = 0,
    ROW_DONE = 1,
    ROW_DIVERGED = 2,    /**< the loss became non-finite at `steps` */
    ROW_QUARANTINED = 3, /**< given up after its process crashed too often */
    ROW_ELSEWHERE = 254, /**< never in a file: the row is in another shard's file */
};

/** The row of one job. */
struct row {
    int64_t job; /**< its number in the sweep, also where the file is of a shard */
    enum row_state state;
    int64_t steps;  /**< steps done; for a diverged job the step whose loss was non-finite */
    double seconds; /**< of one core, the job's share of its bundle */
    const void *record;
};

/** The note of a run: fixed-size data, so that no metadata changes after the file was created. */
struct run_note {
    double started, ended;       /**< seconds since 1970, UTC; ended 0 while it runs */
    int64_t ranks;               /**< processes */
    int64_t finished_before;     /**< rows finished when it started */
    int64_t run_epoch;           /**< its number (store/run_epoch.h) */
    char hosts[RUN_HOSTS_BYTES]; /**< "name*ranks,name*ranks"; cut with "…" when longer */
};
