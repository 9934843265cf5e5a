/**
 * @file
 * A results file opened by the ranks of a run, each of which writes its own rows without waiting
 * for another.
 */
#pragma once

#include "store/layout.h"
#include "store/row.h"

#include <mpi.h>

struct results;

/**
 * Opens the file for writing rows as run number `run_epoch`, through the MPI-IO driver.
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
 * Writes note number `slot` (taken from runs_next_slot before results_open) of the file's runs.
 * Independent.
 */
enum status results_note_run(struct results *results, int64_t slot, const struct run_note *note,
                             struct error *error) CHECKED;

/** Closes. Collective; NULL is allowed. */
enum status results_close(struct results *results, struct error *error) CHECKED;
