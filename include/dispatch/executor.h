/**
 * @file
 * What every rank does with bundles: runs them, buffers their rows for a moment, writes them.
 */
#pragma once

#include "dispatch/bundle_runner.h"
#include "dispatch/crash_counter.h"
#include "dispatch/message.h"
#include "dispatch/stop_policy.h"

/** A rank at work. */
struct executor {
    MPI_Comm comm;
    struct bundle_runner runner;
    struct results *results;
    const struct plan *plan;
    const struct crash_counter *crash_counter;
    double notice; /**< seconds between a signal and the end */
    struct stop_policy stop;
    int *lock; /**< of results_lock, rank 0 alone: below 0 while another run holds the file */

    unsigned char *records; /**< buffered rows, not written yet */
    struct row *rows;
    size_t buffered; /**< how many */
    size_t capacity;
    bool cannot_write;         /**< the results file refused rows: nothing more is written */
    double bundle_seconds;     /**< of the last bundle; 0 before the first */
    double last_write;         /**< clock_seconds; likewise the next two */
    double last_sync;          /**< of rows to the disk */
    double last_check;         /**< whether another run has taken over */
    struct work_report report; /**< since the last one sent */
};

/**
 * Allocates the row buffer; the caller has set the first group of members, of `stop` only the
 * interval, and the rest is zero. STATUS_NO_MEMORY.
 */
enum status executor_prepare(struct executor *executor, struct arena *arena,
                             struct error *error) CHECKED;

/**
 * Runs a bundle and counts it in the report. Jobs that do not fit into memory side by side are run
 * one by one, and one that does not fit alone is given up (ROW_QUARANTINED). Other errors end up in
 * report.error, after which the rank runs nothing more.
 */
void executor_run_bundle(struct executor *executor, const struct plan_bundle *bundle);

/**
 * To be called often: checks whether a signal asks this rank to stop, and now and then whether
 * another run has taken over the results file (report.error then says so). Returns true once, when
 * it finds either, with the seconds left in *notice. A run that took over without the lock gets it
 * here as soon as the earlier run has ended.
 */
bool executor_poll(struct executor *executor, double *notice);

/** Writes the buffered rows. */
void executor_flush(struct executor *executor);

/** Frees the runner's memory and removes the crash counter. */
void executor_free(struct executor *executor);
