/**
 * @file
 * From a request to ranks that are ready to work: rank 0 reads, checks, plans and prepares the
 * results file; the others get the sweep's text and plan it for themselves.
 */
#pragma once

#include "dispatch/record.h"
#include "dispatch/run_request.h"

#include <mpi.h>
#include <sys/types.h>

/** What rank 0 settles and sends to all ranks as bytes. */
struct terms {
    struct shard shard;                 /**< of the sweep, that is to be run */
    off_t attempts_place;               /**< of results_attempts */
    int64_t run_epoch;                  /**< of this run */
    double notice, checkpoint_interval; /**< of struct run_request */
    uint64_t fingerprint;               /**< of the sweep that rank 0 has read */
};

/** What every rank holds during a run. */
struct startup {
    struct arena arena;
    struct sweep *sweep;
    struct plan plan;
    struct record_map map;
    struct terms terms;
    const char *output;

    uint8_t *states;   /**< [job_count], rank 0 alone; likewise the rest */
    uint8_t *attempts; /**< [job_count] */
    int64_t run_slot;  /**< of results_note_run */
    int lock;          /**< of results_lock */
};

/**
 * Prepares all ranks. Collective; all return the same status, with rank 0's message. Free with
 * startup_free in every case; `startup` need not be initialised.
 */
enum status startup_prepare(const struct run_request *request, MPI_Comm comm,
                            struct startup *startup, struct run_summary *summary,
                            struct error *error) CHECKED;

void startup_free(struct startup *startup);
