/**
 * @file
 * Rank 0's record of what every rank is running and has done, published every second or so for
 * `modsweep status` (store/live.h). A run does not fail when it cannot be published.
 */
#pragma once

#include "dispatch/run_progress.h"
#include "dispatch/work_packet.h"
#include "store/live.h"
#include "store/results.h"

struct rank_status {
    const char *path;              /**< of the results file; NULL: not begun */
    const struct results *results; /**< open: once another run takes over, nothing more is
                                        published; or NULL */
    struct live live;
    double due; /**< clock_seconds of the next publication */
};

/**
 * Begins with idle ranks; hosts[ranks] and `path` must outlive it. Memory belongs to the arena.
 * STATUS_NO_MEMORY. A zeroed rank_status that was never begun publishes nothing.
 */
enum status rank_status_begin(struct rank_status *rank_status, const char *path,
                              const struct results *results, int64_t run_epoch,
                              const char *const *hosts, int ranks, struct arena *arena,
                              struct error *error) CHECKED;

/** A rank has received a packet; an empty one leaves it idle. */
void rank_status_record_packet(struct rank_status *rank_status, int rank,
                               const struct work_packet *packet);

/** A rank has sent a report. */
void rank_status_record_report(struct rank_status *rank_status, int rank,
                               const struct work_report *report);

/** Publishes if it is time to: rarely enough to cost less than 0.1 % of the run. */
void rank_status_publish(struct rank_status *rank_status, const struct run_progress *progress);

/** The run has ended: removes what was published. */
void rank_status_end(struct rank_status *rank_status);
