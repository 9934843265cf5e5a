/**
 * @file
 * Every rank but rank 0: asks for bundles, runs them, reports.
 */
#pragma once

#include "dispatch/executor.h"

/**
 * Asks, works and reports until no bundles are left. Returns the verdict on all ranks, with its
 * message in *error. Rank 0 is in master_run.
 */
enum status worker_run(struct executor *executor, struct error *error) CHECKED;
