/**
 * @file
 * Decodes jobs from their index, and finds where in the YAML their values are written, for errors
 * found after parsing.
 */
#pragma once

#include "sweep/types.h"

/** Fills in the components, settings and hash of job `index` (0 ≤ index < job_count). Takes a few
 * microseconds. */
void sweep_job(const struct sweep *sweep, int64_t index, struct job *job);

/** The case that a job belongs to. */
size_t sweep_job_case(const struct sweep *sweep, int64_t index);

/**
 * Puts "file:line:column: KEY: " before the message: the place of the value that job `index` has
 * for the key, else of what chose the component (data.kind), else of the case. Returns the status.
 */
enum status sweep_prefix_place(const struct sweep *sweep, int64_t index, const char *key,
                               struct error *error);
