/**
 * @file
 * Creates variables of a results file: contiguous, allocated at once, with a dimension scale on
 * every axis, so that netCDF-4 readers know its dimensions. For the room store only.
 */
#pragma once

#include "store/hdf.h"
#include "store/layout.h"
#include "sweep/shard.h"

enum { BLUEPRINT_DIMENSIONS_MAX = VARIABLE_DIMENSIONS_MAX + 1 };

/** A variable to create. */
struct blueprint {
    const char *name;
    enum hdf_storage storage;
    const char *unit; /**< "" when it has none */
    const char *help;
    size_t dimension_count;
    struct extent dimensions[BLUEPRINT_DIMENSIONS_MAX];
};

/** Creates the variable, filled with NaN (integers 0, letters NUL), and any dimension that the file
 * does not have yet. Serial driver. */
enum status blueprint_add(hid_t file, const struct blueprint *blueprint,
                          struct error *error) CHECKED;

/** Creates the dimension `job` of a shard's rows, whose coordinates are the numbers of its jobs. */
enum status blueprint_job_dimension(hid_t file, const struct shard *shard,
                                    struct error *error) CHECKED;

/** The blueprint of `[job][letters]` (or `[run][letters]`) for texts of up to `bytes` bytes. */
struct blueprint blueprint_of_text(const char *name, const char *help, struct extent rows,
                                   const struct extent *letters);
