/**
 * @file
 * Creates a results file with everything that is known before training.
 */
#pragma once

#include "store/layout.h"
#include "sweep/shard.h"
#include "sweep/sweep.h"

/**
 * Creates the file with all its metadata and with the axes, replicates and hashes of the shard's
 * jobs, as make_file does. Never replaces a file. For one rank alone, not collective.
 * STATUS_STORAGE on failure, with nothing left behind.
 */
enum status results_create(const char *path, const struct sweep *sweep, const struct shard *shard,
                           const struct results_layout *layout, struct error *error) CHECKED;

/** Checks that results_create could make a file where none is: STATUS_BAD_INPUT for an empty name,
 * STATUS_STORAGE where the folder does not exist or may not be written to. */
enum status results_creatable(const char *path, struct error *error) CHECKED;
