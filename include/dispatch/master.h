/**
 * @file
 * Rank 0: hands bundles out, shows progress, and trains whenever nobody asks.
 */
#pragma once

#include "dispatch/rank.h"
#include "dispatch/roster.h"
#include "show/progress.h"

/**
 * Runs the plan to its end on all ranks. The others are in worker_run. `pending` jobs are missing;
 * *failed counts the rows that this run failed. Returns the verdict of all ranks, in *error too.
 */
enum status master_run(struct rank *rank, int64_t pending, struct plan_progress known,
                       struct progress *progress, struct roster *roster, struct error *error);
