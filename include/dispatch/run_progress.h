/**
 * @file
 * How far a run is, as rank 0 knows it, and who is shown it.
 */
#pragma once

#include <stdint.h>

/** Counts of jobs, and the cost of their training in the plan's units. */
struct run_progress {
    int64_t total;         /**< jobs of the sweep or its shard */
    int64_t before;        /**< finished before this run */
    int64_t done, failed;  /**< by this run */
    double cost, all_cost; /**< done and to do by this run; all may be 0 */
};

enum run_phase { RUN_BEGINS, RUN_GOES_ON, RUN_ENDS };

/** Draws progress, or does whatever else the caller of a run wants done with it. */
struct run_observer {
    /** Called once as the run begins, every millisecond or so during it, and once at its end. NULL
     * when nobody watches. */
    void (*call)(void *context, const struct run_progress *progress, enum run_phase phase);
    void *context;
};
