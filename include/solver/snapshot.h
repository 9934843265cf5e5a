/**
 * @file
 * Everything that the steps of a training still to come depend on, lane by lane, so that training
 * goes on from it to the same bits, in whichever bundle.
 */
#pragma once

#include "solver/stopping.h"
#include "solver/trained.h"
#include "solver/training.h"

/** One lane's state as bytes, for the machine that took it and its like. */
struct snapshot_lane {
    size_t bytes;
    const void *data; /**< 8-byte aligned */
};

/** A training before its step `step`. */
struct snapshot {
    int64_t step;
    size_t count;                /**< lanes in use */
    struct snapshot_lane *lanes; /**< [count] */
};

/** Where a training is. */
struct train_place {
    int64_t step;  /**< the next */
    int64_t point; /**< next of the history */
};

/**
 * Takes a snapshot. Room comes from the arena at the first call with a zeroed snapshot; later ones
 * for the same training use it again.
 */
enum status snapshot_take(const struct training *training, const struct stopping *stopping,
                          struct train_place place, const struct trained *results,
                          struct arena *arena, struct snapshot *snapshot,
                          struct error *error) CHECKED;

/**
 * Puts a training that has just been made where its lanes' snapshots (struct lane) were taken,
 * which must be one place for all. Nothing is done when the lanes have none. STATUS_BAD_INPUT when
 * a snapshot is not of such a lane.
 */
enum status snapshot_restore(struct training *training, struct stopping *stopping,
                             struct train_place *place, struct trained *results,
                             struct error *error) CHECKED;
