/**
 * @file
 * Rank 0's decisions: which rank gets which bundles, and when all is done. It sends no messages and
 * reads no clock, so that a simulation drives the same decisions as MPI does.
 */
#pragma once

#include "base/heap.h"
#include "dispatch/work_packet.h"
#include "plan/cursor.h"

struct distributor {
    const struct plan *plan;
    struct plan_progress known;        /**< what earlier runs did */
    const struct plan_bundle *resumed; /**< dispatched before the plan's bundles */
    size_t resumed_count;
    struct plan_cursor *cursors; /**< one for each group */
    struct heap groups;          /**< those that are not exhausted, by minus the next cost */
    int ranks;
    int width;         /**< jobs side by side */
    int workers;       /**< ranks besides rank 0 that are not done */
    int64_t remaining; /**< jobs not dispatched */
    bool stopped;      /**< nothing more is dispatched */
    /** Sum of all reports; its error is the first failure, and so the verdict. */
    struct work_report total;
};

/**
 * Prepares to dispatch the `pending` jobs that a plan is missing to `ranks` ranks. Memory belongs
 * to the arena. STATUS_NO_MEMORY.
 */
enum status distributor_begin(struct distributor *distributor, const struct plan *plan,
                              struct plan_progress known, int64_t pending, int ranks,
                              struct arena *arena, struct error *error) CHECKED;

/** Dispatches bundles with checkpoints first. `pending` counts their jobs, and the plan passes
 * them over. They must outlive the distributor. */
void distributor_resume(struct distributor *distributor, const struct plan_bundle *bundles,
                        size_t count);

/** Jobs of those bundles that were not dispatched. */
int64_t distributor_resumed_jobs(const struct distributor *distributor);

/** The next bundles for the rank that asks; none when nothing remains, or after a stop. */
void distributor_next_packet(struct distributor *distributor, struct work_packet *packet);

/** Adds a rank's report. The first failure stops everything. */
void distributor_record_report(struct distributor *distributor, const struct work_report *report);

/** A worker has received an empty packet and sent its last report. */
void distributor_worker_done(struct distributor *distributor);

/** From here on nothing is dispatched. */
void distributor_stop(struct distributor *distributor);
