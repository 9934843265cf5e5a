/**
 * @file
 * The state of a training, lane by lane. A training that resumes from it gets the same bits,
 * whichever other lanes are in its bundle.
 */
#pragma once

#include "solver/stopping.h"
#include "solver/trained.h"
#include "solver/training.h"

/** The state of one lane as bytes, for machines of the same byte order and compiler layout. */
struct snapshot_lane {
    size_t bytes;
    const void *data; /**< 8-byte aligned */
};

/** The states of all lanes before step `step`. */
struct snapshot {
    int64_t step;
    size_t count;                /**< lanes in use */
    struct snapshot_lane *lanes; /**< [count] */
};

/** How far a training has come. */
struct train_place {
    int64_t step;  /**< the next */
    int64_t point; /**< next of the history */
};

/**
 * Takes a snapshot. The first call, with a zeroed snapshot, takes memory from the arena; later
 * calls for the same training reuse it.
 */
enum status snapshot_take(const struct training *training, const struct stopping *stopping,
                          struct train_place place, const struct trained *trained,
                          struct arena *arena, struct snapshot *snapshot,
                          struct error *error) CHECKED;

/**
 * Brings a training that was just made to the step at which its lanes' snapshots (lane.from) were
 * taken, the same for all. Does nothing when the lanes have none. STATUS_BAD_INPUT when a snapshot
 * does not fit its lane.
 */
enum status snapshot_restore(struct training *training, struct stopping *stopping,
                             struct train_place *place, struct trained *trained,
                             struct error *error) CHECKED;
