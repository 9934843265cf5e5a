/**
 * @file
 * How much time a job requests, and in how many pieces it runs when that is less than it needs.
 */
#pragma once

#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>

/** What a schedule is based on; seconds. */
struct schedule_request {
    double estimate; /**< of the whole sweep, by `plan` */
    double longest;  /**< of its longest bundle */
    double limit;    /**< the partition's time limit for a job; infinity for none */
    double time;     /**< the user's own --time, or 0 */
    double notice;   /**< the user's own --notice, or 0 */
    double grace;    /**< from a preemption's SIGTERM to SIGKILL; infinity where nothing preempts */
};

struct schedule {
    double seconds;       /**< to request, whole minutes; of each piece */
    int warning;          /**< seconds before the end at which the ranks are warned */
    int notice;           /**< of these, seconds that the ranks may use */
    double useful;        /**< seconds of a piece in which bundles are trained, at least */
    int64_t pieces;       /**< jobs one after the other, at most; 1: no requeueing is expected */
    int64_t restarts_max; /**< that the script allows */
    bool clipped;         /**< the limit is below the user's --time */
    bool long_bundles;    /**< some bundle takes longer than a piece, so needs checkpoints */
};

/** Seconds that SLURM and MPI take to start ranks on many nodes. */
extern const double schedule_start;
/** The factor on the estimate, which is for another machine with nothing else running. */
extern const double schedule_safety;

/** STATUS_BAD_INPUT, with the figures, when start, notice and warning leave a piece no time. */
enum status schedule_make(const struct schedule_request *request, struct schedule *schedule,
                          struct error *error) CHECKED;
