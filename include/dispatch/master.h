/**
 * @file
 * Rank 0: hands bundles out, shows progress, and trains whenever nobody asks.
 */
#pragma once

#include "dispatch/executor.h"
#include "dispatch/rank_status.h"
#include "dispatch/resume.h"
#include "dispatch/run_progress.h"

/**
 * Runs the plan on all ranks to its end, or until it is asked to end. The others are in worker_run.
 * `pending` jobs are missing, those of `resumed` among them. Returns the verdict of all ranks, in
 * *error too; STATUS_STOPPED when it was asked to end before all was done.
 */
enum status master_run(struct executor *executor, int64_t pending, struct plan_progress known,
                       const struct resume *resumed, struct run_progress *progress,
                       const struct run_observer *observer, struct rank_status *rank_status,
                       struct error *error);
