/**
 * @file
 * Where the rows of a results file come from: its sweep, or the sweeps that were merged. For the
 * room store only.
 */
#pragma once

#include "store/axis.h"
#include "sweep/shard.h"
#include "sweep/sweep.h"

/** What a file says about the sweep of its rows. */
struct results_origin {
    const char *name;      /**< of the sweep */
    const char *text;      /**< its YAML; of several sweeps a document each */
    const char *path;      /**< of its file */
    const char *overrides; /**< the --set arguments, one a line */
    int64_t sweeps;        /**< that the rows are of; with more than one there is neither seed */
    int64_t seed;          /**< nor fingerprint */
    uint64_t fingerprint;
    struct shard shard; /**< whose jobs have rows */
    size_t axis_count;
    const struct results_axis *axes;
    size_t score_count;
    const char *const *scores;
};

/** The origin of a sweep's own file, or of a shard. Memory belongs to the arena, strings to the
 * sweep. */
enum status origin_of_sweep(const struct sweep *sweep, const struct shard *shard,
                            struct arena *arena, struct results_origin *origin,
                            struct error *error) CHECKED;
