/**
 * @file
 * What every rank does with bundles: trains them, keeps their rows for a moment, writes them.
 */
#pragma once

#include "dispatch/bundle_runner.h"
#include "dispatch/crash_counter.h"
#include "dispatch/message.h"
#include "dispatch/stop.h"

/** A rank at work. */
struct executor {
    MPI_Comm comm;
    struct bundle_runner runner;
    struct results *results;
    const struct plan *plan;
    const struct crash_counter *crash_counter;
    unsigned char *records; /**< rows that are not written yet */
    struct row *rows;
    size_t pending;
    bool cannot_write; /**< the results file refused rows: nothing more is written */
    size_t capacity;
    double bundle_seconds; /**< of the last bundle; 0 before the first */
    double last_write;     /**< clock_seconds */
    double last_sync;
    struct work_report report; /**< since the last one sent */
    struct stop stop;
    double notice;    /**< seconds between a signal and the end */
    double last_look; /**< clock_seconds: for a later run that has taken over */
    int *lock;        /**< of results_lock, rank 0 alone: tried again while it is not had */
};

/** Prepares a rank; `rank` is zero but for comm, workshop, results, plan, blame,
 * stop.keep_every, notice and lock. */
enum status executor_prepare(struct executor *executor, struct arena *arena,
                             struct error *error) CHECKED;

/**
 * Does one bundle and counts it in the report. Errors end up in report.error; a rank with an error
 * does nothing more.
 */
void executor_run_bundle(struct executor *executor, const struct plan_bundle *bundle);

/**
 * What every rank heeds now and then: whether it was asked to end by a signal, or another run has
 * taken over the results file (report.error then says so). Returns whether that stopped it just
 * now, with the notice that is left in *notice. Where the run before this one kept the lock, it is
 * taken as soon as that one has ended.
 */
bool executor_poll(struct executor *executor, double *notice);

/** Writes the rows that are kept back. */
void executor_flush(struct executor *executor);

/** Asks, works and reports until nothing is left; the verdict of all ranks is in *error. */
enum status worker_run(struct executor *executor, struct error *error);
