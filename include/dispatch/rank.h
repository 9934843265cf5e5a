/**
 * @file
 * What every rank does with bundles: trains them, keeps their rows for a moment, writes them.
 */
#pragma once

#include "dispatch/blame.h"
#include "dispatch/message.h"
#include "dispatch/stop.h"
#include "dispatch/work.h"

/** A rank at work. */
struct rank {
    MPI_Comm comm;
    struct workshop workshop;
    struct results *results;
    const struct plan *plan;
    const struct blame *blame;
    unsigned char *records; /**< rows that are not written yet */
    struct row *rows;
    size_t pending;
    bool cannot_write; /**< the results file refused rows: nothing more is written */
    size_t capacity;
    double bundle_seconds; /**< of the last bundle; 0 before the first */
    double last_write;     /**< clock_seconds */
    double last_sync;
    struct report report; /**< since the last one sent */
    struct stop stop;
    double notice;    /**< seconds between a signal and the end */
    double last_look; /**< clock_seconds: for a later run that has taken over */
    int *lock;        /**< of results_lock, rank 0 alone: tried again while it is not had */
};

/** Prepares a rank; `rank` is zero but for comm, workshop, results, plan, blame,
 * stop.keep_every, notice and lock. */
enum status rank_prepare(struct rank *rank, struct arena *arena, struct error *error) CHECKED;

/**
 * Does one bundle and counts it in the report. Errors end up in report.error; a rank with an error
 * does nothing more.
 */
void rank_do(struct rank *rank, const struct plan_bundle *bundle);

/**
 * What every rank heeds now and then: whether it was asked to end by a signal, or another run has
 * taken over the results file (report.error then says so). Returns whether that stopped it just
 * now, with the notice that is left in *notice. Where the run before this one kept the lock, it is
 * taken as soon as that one has ended.
 */
bool rank_heed(struct rank *rank, double *notice);

/** Writes the rows that are kept back. */
void rank_flush(struct rank *rank);

/** Asks, works and reports until nothing is left; the verdict of all ranks is in *error. */
enum status worker_run(struct rank *rank, struct error *error);
