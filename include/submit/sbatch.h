/**
 * @file
 * Sending a submission to SLURM with sbatch.
 */
#pragma once

#include "submit/submission.h"

/** What was sent. Texts belong to the arena. */
struct sbatch_jobs {
    const char *script; /**< path of the script */
    const char *job;    /**< number of its job */
    const char *merge;  /**< number of the job that merges shards, or NULL */
};

/**
 * Writes the script beside the results, in place of an earlier one, and submits it; with shards
 * also a job that merges them when all have ended. STATUS_BAD_INPUT with sbatch's message when it
 * refuses, and when the script's name is that of another file.
 */
enum status sbatch_submit(const struct submission *submission, const char *script,
                          struct arena *arena, struct sbatch_jobs *jobs,
                          struct error *error) CHECKED;
