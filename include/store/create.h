/**
 * @file
 * Making a results file, with everything that is known before training.
 */
#pragma once

#include "store/layout.h"
#include "sweep/shard.h"
#include "sweep/sweep.h"

/**
 * Creates the file with all its metadata under a temporary name beside it, fills what is known
 * before training (axes, replicate, hash of the shard's jobs), and renames it. Never replaces a
 * file. One rank alone, not collective. STATUS_STORAGE on failure, with nothing left behind.
 */
enum status results_create(const char *path, const struct sweep *sweep, const struct shard *shard,
                           const struct results_layout *layout, struct error *error) CHECKED;

/** The errors that results_create would find at once in a path where no file is, without making
 * one: STATUS_BAD_INPUT for an empty name, STATUS_STORAGE where the folder does not exist or may
 * not be written to. */
enum status results_creatable(const char *path, struct error *error) CHECKED;
