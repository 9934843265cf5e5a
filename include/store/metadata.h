/**
 * @file
 * What a results file says of its rows and where they come from: root attributes, the columns of
 * its axes, and the variables that runs will fill. For the room store only; serial driver.
 */
#pragma once

#include "store/axis.h"
#include "store/hdf.h"
#include "store/layout.h"
#include "sweep/shard.h"
#include "sweep/sweep.h"

/** Where the rows of a file come from. */
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

/** What a sweep's file says. Memory belongs to the arena, strings to the sweep. */
enum status origin_of_sweep(const struct sweep *sweep, const struct shard *shard,
                            struct arena *arena, struct results_origin *origin,
                            struct error *error) CHECKED;

/** Root attributes: the origin, what the columns are, versions, time and host. */
enum status metadata_attributes(hid_t file, const struct results_origin *origin,
                                const struct results_layout *layout, struct error *error) CHECKED;

/** The dimension `job`, and the columns of axes, replicate and hash without values. */
enum status metadata_columns(hid_t file, const struct results_origin *origin,
                             struct error *error) CHECKED;

/** Fills the columns of axes, replicate and hash. */
enum status metadata_fill(hid_t file, const struct results_origin *origin,
                          const struct sweep *sweep, struct error *error) CHECKED;

/** The variables of rows and of runs, without values. */
enum status metadata_variables(hid_t file, const struct results_origin *origin,
                               const struct results_layout *layout, struct error *error) CHECKED;

/** The variables of runs, without values, in a file or a group of it. */
enum status metadata_runs(hid_t group, struct error *error) CHECKED;

/** An upper bound of the file's size in bytes. */
uint64_t metadata_size_bound(const struct results_origin *origin,
                             const struct results_layout *layout);
