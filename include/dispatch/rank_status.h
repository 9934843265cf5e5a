/**
 * @file
 * What rank 0 knows of every rank: what it has in hand and what it has done; told to the outside
 * (store/live.h) every second or so. Not being able to tell is no failure of a run.
 */
#pragma once

#include "dispatch/run_progress.h"
#include "dispatch/work_packet.h"
#include "store/live.h"
#include "store/results.h"

struct rank_status {
    const char *path; /**< of the results file */
    const struct results
        *results; /**< open: when another run takes over, nothing more is told; or NULL */
    struct live live;
    double due; /**< clock_seconds of the next telling */
};

/**
 * Begins with idle ranks; hosts[ranks] and `path` must outlive it. Memory is the arena's. A roster
 * that is zero, for want of a beginning, tells nothing.
 */
enum status rank_status_begin(struct rank_status *rank_status, const char *path,
                              const struct results *results, int64_t run_epoch,
                              const char *const *hosts, int ranks, struct arena *arena,
                              struct error *error) CHECKED;

/** A rank has got a hand-out; an empty one leaves it idle. */
void rank_status_packet(struct rank_status *rank_status, int rank,
                        const struct work_packet *packet);

/** A rank has said what it has done. */
void rank_status_take(struct rank_status *rank_status, int rank, const struct work_report *report);

/** Tells how it stands when it is time to: seldom enough to cost less than 0.1 % of the run. */
void rank_status_tell(struct rank_status *rank_status, const struct run_progress *progress);

/** The run has ended: there is nothing to tell. */
void rank_status_end(struct rank_status *rank_status);
