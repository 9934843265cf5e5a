/**
 * @file
 * From a request to ranks that are ready to work: rank 0 reads and plans the sweep and prepares the
 * results file; the others receive the sweep's text and plan it themselves.
 */
#pragma once

#include "dispatch/record.h"
#include "dispatch/run_request.h"

#include <mpi.h>
#include <sys/types.h>

/** What rank 0 decides and broadcasts, as bytes. */
struct run_broadcast {
    struct shard shard;    /**< the part of the sweep to run */
    off_t attempts_offset; /**< of results_attempts */
    int64_t run_epoch;     /**< of this run */
    double notice;         /**< of struct run_request; likewise the next */
    double checkpoint_interval;
    uint64_t fingerprint; /**< of the sweep that rank 0 has read */
};

/** What every rank holds during a run. */
struct run_setup {
    struct arena arena;
    struct sweep *sweep;
    struct plan plan;
    struct record_map map;
    struct run_broadcast settings;
    const char *output;

    uint8_t *states;   /**< [job_count], rank 0 alone; likewise the rest */
    uint8_t *attempts; /**< [job_count] */
    int64_t run_slot;  /**< of results_note_run */
    int lock;          /**< of results_lock */
};

/**
 * Prepares all ranks. Collective; all return the same status, with rank 0's message. `setup` need
 * not be initialised; pass it to run_setup_free in every case.
 */
enum status run_setup_prepare(const struct run_request *request, MPI_Comm comm,
                              struct run_setup *setup, struct run_summary *summary,
                              struct error *error) CHECKED;

/** Frees the setup and releases the lock. */
void run_setup_free(struct run_setup *setup);
