/**
 * @file
 * Checkpoints of what a rank is training: snapshots of the solver become checkpoints, and
 * checkpoints become lanes that resume.
 */
#pragma once

#include "plan/plan.h"
#include "solver/snapshot.h"
#include "store/checkpoint.h"
#include "store/results.h"

/** A rank's checkpoints. */
struct checkpointing {
    const char *output;            /**< results file; checkpoints lie beside it; NULL: none */
    const struct results *results; /**< asked whether another run has taken over; NULL: never */
    int64_t run_epoch;
    int64_t checkpointed_jobs; /**< of the current bundle, stopped half-trained */
    /** Keys of checkpoints to remove once the current bundle's rows are on the disk. */
    int64_t obsolete[PLAN_WIDTH_MAX + 1];
    size_t obsolete_count;
    bool warned; /**< that checkpoints cannot be written */
};

/** The jobs that one call of train_bundle trains side by side, as dispatch sees them. */
struct active_training {
    struct checkpointing *checkpointing;
    const struct poll *poll; /**< the rank's */
    const struct job *jobs;  /**< [count] */
    size_t count;
    double cost;    /**< of the bundle */
    double seconds; /**< of one core, each job's share before it was resumed */
    double started; /**< clock_seconds */
};

/**
 * A poll that passes on the rank's answers and writes snapshots as checkpoints; its context is
 * `training`. The first checkpoint that cannot be written is reported on standard error, and
 * training continues.
 */
struct poll active_training_poll(struct active_training *training);

/** Training has stopped early: an older checkpoint stays unless a newer one has replaced it. */
void active_training_stopped(const struct active_training *training);

/**
 * Sets lanes[count].from to the states in checkpoint `key`, in memory of the arena, and
 * training->seconds. Lanes stay unchanged, and so start from the beginning, when the
 * checkpoint lacks one of them or cannot be read. STATUS_NO_MEMORY.
 */
enum status active_training_resume(struct active_training *training, int64_t key,
                                   struct arena *arena, struct lane *lanes,
                                   struct error *error) CHECKED;
