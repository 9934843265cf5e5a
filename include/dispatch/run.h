/**
 * @file
 * `modsweep run`: a sweep from its file to its results, on all ranks.
 */
#pragma once

#include "base/error.h"
#include "dispatch/run_request.h"

#include <mpi.h>

/**
 * Runs what is missing. Collective over `comm`; the request of rank 0 counts. All ranks return the
 * same status: STATUS_OK, or the first failure of any, with its message. Jobs that failed are no
 * failure of the run: see summary->failed_all. STATUS_STOPPED when a signal (dispatch/signals.h,
 * installed by the caller) asked it to stop before all was done.
 */
enum status run_sweep(const struct run_request *request, MPI_Comm comm, struct run_summary *summary,
                      struct error *error) CHECKED;
