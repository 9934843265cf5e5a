/**
 * @file
 * Hashes that identify jobs and grids. For the room's own files only.
 */
#pragma once

#include "sweep/grid.h"

/** Prepares the text that is hashed for each job of a case. */
enum status hash_prepare(struct sweep *sweep, struct grid_case *grid, struct error *error) CHECKED;

/**
 * The hash of job `local` of a case: XXH3 (128 bits) of a text with a line "key=value" for each
 * selector, each parameter that is not at its default, the seed and the replicate. It depends
 * neither on the place in the grid nor on names of files.
 */
struct job_hash hash_job(const struct grid_case *grid, int64_t local, int64_t replicate);

/** The fingerprint of the whole grid, with its scores and what it saves. */
uint64_t hash_grid(const struct sweep *sweep);
