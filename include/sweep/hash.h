/**
 * @file
 * What identifies a job, and what identifies a grid. For the room's own files only.
 */
#pragma once

#include "sweep/grid.h"

/** Prepares what job hashes are taken of. */
enum status hash_prepare(struct sweep *sweep, struct grid_case *grid, struct error *error) CHECKED;

/**
 * The hash of job `local` of a case: XXH3 (128 bits) of a text with a line "key=value" for every
 * parameter that is not at its default, for the kinds, the seed and the replicate. Neither the
 * place in the grid nor names of files are in it.
 */
struct job_hash hash_job(const struct grid_case *grid, int64_t local, int64_t replicate);

/** The fingerprint of the whole grid, with its scores and what it saves. */
uint64_t hash_grid(const struct sweep *sweep);
