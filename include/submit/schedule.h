/**
 * @file
 * How much time a job asks for, and into how many pieces it falls when that is less than it needs.
 */
#pragma once

#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>

/** Of which a schedule is made; seconds. */
struct schedule_needs {
    double estimate; /**< what the sweep takes, as `plan` estimates it */
    double longest;  /**< its longest bundle */
    double limit;    /**< the partition's longest time for a job; infinity for none */
    double wanted;   /**< the user's own time for a job, or 0 */
    double notice;   /**< the user's own notice, or 0 */
    double grace;    /**< from a preemption's SIGTERM to SIGKILL; infinity where nothing preempts */
};

struct schedule {
    double seconds;        /**< to ask for, whole minutes; of each piece */
    int warning;           /**< seconds before their end at which the ranks are warned */
    int notice;            /**< of these, seconds that the ranks may use */
    double useful;         /**< seconds of a piece in which bundles are trained, at least */
    int64_t pieces;        /**< jobs one after the other, at most; 1: no requeueing is expected */
    int64_t restarts_most; /**< that the script allows */
    bool clipped;          /**< the limit is below what the user wanted */
    bool long_bundles;     /**< some bundle takes longer than a piece: checkpoints carry it on */
};

/** Seconds that SLURM and MPI take to start ranks on many nodes. */
extern const double schedule_start;
/** The estimate is of another machine, with other programs on it: what it is multiplied by. */
extern const double schedule_safety;

/** STATUS_BAD_INPUT, with the figures, when start, notice and warning leave a piece no time. */
enum status schedule_make(const struct schedule_needs *needs, struct schedule *schedule,
                          struct error *error) CHECKED;
