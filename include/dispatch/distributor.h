/**
 * @file
 * Rank 0's decisions: who gets which bundles, and when all is done. It neither sends messages nor
 * looks at a clock, so that a simulation drives the same decisions as MPI does.
 */
#pragma once

#include "base/heap.h"
#include "dispatch/work_packet.h"

struct distributor {
    const struct plan *plan;
    struct plan_progress known;        /**< what earlier runs did */
    const struct plan_bundle *resumed; /**< handed out before the plan's */
    size_t resumed_left;
    struct plan_cursor *cursors; /**< one for each group */
    struct heap groups;          /**< those that are not exhausted, by minus the cost ahead */
    int ranks;
    int width;    /**< jobs side by side */
    int workers;  /**< ranks besides rank 0 that are not done */
    int64_t left; /**< jobs not handed out */
    bool stopped; /**< nothing more is handed out */
    /** Sum of all reports; its error is the first failure, and so the verdict. */
    struct work_report total;
};

/**
 * Begins to hand out the `pending` jobs that are missing of a plan to `ranks` ranks. Memory belongs
 * to the arena.
 */
enum status distributor_begin(struct distributor *distributor, const struct plan *plan,
                              struct plan_progress known, int64_t pending, int ranks,
                              struct arena *arena, struct error *error) CHECKED;

/** Has bundles that go on from checkpoints handed out first; the plan passes their jobs over, while
 * `pending` counted them. They must outlive the distributor. */
void distributor_resume(struct distributor *distributor, const struct plan_bundle *bundles,
                        size_t count);

/** Jobs of those bundles that were not handed out. */
int64_t distributor_resumed_jobs(const struct distributor *distributor);

/** The next bundles for whoever asks; none when nothing is left, or after a stop. */
void distributor_next_packet(struct distributor *distributor, struct work_packet *packet);

/** Notes what a rank has done. The first failure stops everything. */
void distributor_take(struct distributor *distributor, const struct work_report *report);

/** A worker has seen an empty hand-out and given its last report. */
void distributor_worker_done(struct distributor *distributor);

/** From here on nothing is handed out. */
void distributor_stop(struct distributor *distributor);
