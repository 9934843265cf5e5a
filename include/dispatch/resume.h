/**
 * @file
 * Finds the bundles that earlier runs left half-trained.
 */
#pragma once

#include "plan/plan.h"

struct resume {
    struct plan_bundle *bundles; /**< [count], those with most steps first */
    size_t count;
    int64_t jobs;     /**< in them */
    int64_t unusable; /**< checkpoints that were damaged or of other jobs, and are removed */
};

/**
 * Reads the checkpoints beside the results file and makes bundles of their jobs that are missing
 * (states and attempts, [job_count]) and have never crashed a process; states of these become
 * PLAN_PASSED_OVER. Checkpoints without such jobs are removed. Memory belongs to the arena. Not
 * collective.
 */
enum status resume_find(const char *results_path, const struct sweep *sweep, uint8_t *states,
                        const uint8_t *attempts, struct arena *arena, struct resume *resume,
                        struct error *error) CHECKED;
