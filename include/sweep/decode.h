/**
 * @file
 * A job from its index: which case it belongs to, and its components, settings and hash.
 */
#pragma once

#include "sweep/types.h"

/** Decodes job `index` (0 ≤ index < job_count), with its hash. A few microseconds. */
void sweep_job(const struct sweep *sweep, int64_t index, struct job *job);

/** The case that a job belongs to. */
size_t sweep_job_case(const struct sweep *sweep, int64_t index);
