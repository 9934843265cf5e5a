/**
 * @file
 * Taking finished rows from the results of an older grid.
 */
#pragma once

#include "store/layout.h"

/**
 * Whether results_reuse could take rows of an older file: STATUS_BAD_INPUT when it is no results
 * file or lacks a variable. Not collective; needs no MPI.
 */
enum status results_reusable(const char *older, const struct results_layout *layout,
                             struct error *error) CHECKED;

/**
 * Copies finished rows (done or diverged) of an older file whose job hash matches rows of `path`
 * that are still missing, whatever shard either is. The older file must have every variable of the
 * layout; what is shorter there is padded, what is longer is padding there. states[jobs] is brought
 * up to date; *copied says how many; they are written as run number `incarnation`. Not collective,
 * after MPI_Init, before results_open. STATUS_BAD_INPUT when `older` is no results file or lacks a
 * variable.
 */
enum status results_reuse(const char *path, const char *older, const struct results_layout *layout,
                          int64_t run_epoch, uint8_t *states, int64_t *copied,
                          struct error *error) CHECKED;
