/**
 * @file
 * A training under way on a rank: what turns its snapshots into checkpoints, and checkpoints into
 * lanes that go on.
 */
#pragma once

#include "plan/plan.h"
#include "solver/snapshot.h"
#include "store/checkpoint.h"
#include "store/rows.h"

/** What a rank keeps of bundles. */
struct keeping {
    const char *output;            /**< the results file, beside which checkpoints lie */
    const struct results *results; /**< asked whether another run has taken over; NULL: never */
    int64_t incarnation;
    int64_t kept_jobs; /**< of the present bundle, left half-trained */
    /** Checkpoints that go as soon as the rows of the present bundle are on the disk. */
    int64_t superfluous[PLAN_WIDTH_MOST + 1];
    size_t superfluous_count;
    bool told; /**< that checkpoints cannot be written */
};

/** A training: the jobs that one call of `train` trains side by side. */
struct under_way {
    struct keeping *keeping;
    const struct poll *poll; /**< the rank's */
    const struct job *jobs;  /**< [count] */
    size_t count;
    double cost;    /**< of the bundle */
    double seconds; /**< of one core, each job's share before it went on */
    double started; /**< clock_seconds */
};

/** A poll that asks the rank's and keeps snapshots as checkpoints; its context is `under_way`.
 * Where a checkpoint cannot be written, that is told on standard error, and training goes on. */
struct poll under_way_poll(struct under_way *under_way);

/** The training was left off: what it went on from goes only where there is something later. */
void under_way_left(const struct under_way *under_way);

/**
 * Gives lanes the states that a checkpoint has of their jobs, in memory of the arena, and sets
 * under_way->seconds. Lanes stay as they are when the checkpoint lacks one of them or cannot be
 * read: the bundle then begins anew.
 */
enum status under_way_resume(struct under_way *under_way, int64_t key, struct arena *arena,
                             struct lane *lanes, struct error *error) CHECKED;
