/**
 * @file
 * A training under way on a rank: what turns its snapshots into checkpoints, and checkpoints into
 * lanes that go on.
 */
#pragma once

#include "plan/plan.h"
#include "solver/snapshot.h"
#include "store/checkpoint.h"
#include "store/results.h"

/** What a rank keeps of bundles. */
struct checkpointing {
    const char *output;            /**< the results file, beside which checkpoints lie */
    const struct results *results; /**< asked whether another run has taken over; NULL: never */
    int64_t run_epoch;
    int64_t kept_jobs; /**< of the present bundle, left half-trained */
    /** Checkpoints that go as soon as the rows of the present bundle are on the disk. */
    int64_t superfluous[PLAN_WIDTH_MAX + 1];
    size_t superfluous_count;
    bool told; /**< that checkpoints cannot be written */
};

/** A training: the jobs that one call of `train` trains side by side. */
struct active_training {
    struct checkpointing *checkpointing;
    const struct poll *poll; /**< the rank's */
    const struct job *jobs;  /**< [count] */
    size_t count;
    double cost;    /**< of the bundle */
    double seconds; /**< of one core, each job's share before it went on */
    double started; /**< clock_seconds */
};

/** A poll that asks the rank's and keeps snapshots as checkpoints; its context is
 * `active_training`. Where a checkpoint cannot be written, that is told on standard error, and
 * training goes on. */
struct poll active_training_poll(struct active_training *active_training);

/** The training was left off: what it went on from goes only where there is something later. */
void active_training_left(const struct active_training *active_training);

/**
 * Gives lanes the states that a checkpoint has of their jobs, in memory of the arena, and sets
 * active_training->seconds. Lanes stay as they are when the checkpoint lacks one of them or cannot
 * be read: the bundle then begins anew.
 */
enum status active_training_resume(struct active_training *active_training, int64_t key,
                                   struct arena *arena, struct lane *lanes,
                                   struct error *error) CHECKED;
