/**
 * @file
 * Rank 0: dispatches bundles, records reports, and trains while nobody asks.
 */
#pragma once

#include "dispatch/executor.h"
#include "dispatch/rank_status.h"
#include "dispatch/resume.h"
#include "dispatch/run_progress.h"

/** What rank 0 knows when work begins. */
struct master_task {
    struct plan_progress known; /**< rows of earlier runs */
    struct resume resumed;
    struct run_progress progress; /**< counted on during the run */
    struct run_observer observer;
    struct rank_status rank_status;
};

/**
 * Runs the plan on all ranks to its end, or until it is asked to stop. The other ranks are in
 * worker_run. Returns the verdict on all ranks, with its message in *error; STATUS_STOPPED when it
 * stopped before all was done.
 */
enum status master_run(struct executor *executor, struct master_task *task,
                       struct error *error) CHECKED;
