/**
 * @file
 * Decodes jobs from their index.
 */
#pragma once

#include "sweep/types.h"

/** Fills in the components, settings and hash of job `index` (0 ≤ index < job_count). Takes a few
 * microseconds. */
void sweep_job(const struct sweep *sweep, int64_t index, struct job *job);

/** The case that a job belongs to. */
size_t sweep_job_case(const struct sweep *sweep, int64_t index);
