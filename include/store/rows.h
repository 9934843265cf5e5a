/**
 * @file
 * Writing rows while a sweep runs: every rank its own, none waiting for another.
 */
#pragma once

#include "store/layout.h"

#include <mpi.h>

/** What a row says of its job. */
enum row_state {
    ROW_MISSING = 0,
    ROW_DONE = 1,
    ROW_DIVERGED = 2,    /**< the loss became non-finite at `steps` */
    ROW_QUARANTINED = 3, /**< given up after killing its process too often */
    ROW_ELSEWHERE = 254, /**< never in a file: the job's row is in another shard's */
};

/** The row of one job besides its record. */
struct row {
    int64_t job; /**< its number in the sweep, also where the file is of a shard */
    enum row_state state;
    int64_t steps;  /**< steps done; for a diverged job the step whose loss was non-finite */
    double seconds; /**< of one core, the job's share of its bundle */
    const void *record;
};

/** Where a run's start and end are kept: fixed-size data, so that no metadata changes after
 * creation. */
struct run_note {
    double started, ended;   /**< seconds since 1970, UTC; ended 0 while it runs */
    int64_t ranks;           /**< processes */
    int64_t finished_before; /**< rows finished when it started */
    int64_t run_epoch;       /**< its number (store/run_epoch.h) */
    char hosts[256];         /**< "name*ranks,name*ranks"; cut with "…" when longer */
};

struct results;

/**
 * Opens the file for writing rows as run number `incarnation`, through the MPI-IO driver.
 * Collective over `comm`: all ranks return STATUS_OK, or none. The layout must outlive it.
 */
enum status results_open(const char *path, const struct results_layout *layout, int64_t run_epoch,
                         MPI_Comm comm, struct results **opened, struct error *error) CHECKED;

/** STATUS_STORAGE when another run has taken over the file. Independent. */
enum status results_current(const struct results *results, struct error *error) CHECKED;

/**
 * Writes `count` finished rows, data first and states last; jobs in successive rows are written
 * together. Independent: no other rank is needed. STATUS_STORAGE when a write fails (a full disk),
 * or, with nothing written, when another run has taken over.
 */
enum status results_write(struct results *results, const struct row *rows, size_t count,
                          struct error *error) CHECKED;

/** Flushes this rank's rows to the disk (fsync on a descriptor of its own). Independent. */
enum status results_sync(struct results *results, struct error *error) CHECKED;

/**
 * Writes note number `slot` (taken from results_next_run before results_open) of the file's runs.
 * Independent.
 */
enum status results_note_run(struct results *results, int64_t slot, const struct run_note *note,
                             struct error *error) CHECKED;

/** Closes. Collective; NULL is allowed. */
enum status results_close(struct results *results, struct error *error) CHECKED;
