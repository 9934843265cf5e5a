/**
 * @file
 * Where a submission runs: its partition, and the ranks on each node.
 */
#pragma once

#include "submit/schedule.h"
#include "submit/submission.h"

/**
 * Asks SLURM for the partition `name` (NULL: the default one), and sets what depends on it in the
 * submission and in the request for a schedule. Where SLURM does not answer, `dry_run` goes on with
 * a warning, if the submission says how many ranks a node has. STATUS_BAD_INPUT otherwise, and when
 * the partition is too small.
 */
enum status placement_choose(struct submission *submission, const char *name, bool dry_run,
                             struct schedule_request *request, struct arena *arena,
                             struct error *error) CHECKED;
