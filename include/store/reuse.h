/**
 * @file
 * Copies finished rows from the results of an older grid.
 */
#pragma once

#include "store/layout.h"

/**
 * Checks that results_reuse could copy from an older file: STATUS_BAD_INPUT when it is no results
 * file or lacks a variable. Not collective; needs no MPI.
 */
enum status results_reusable(const char *older, const struct results_layout *layout,
                             struct error *error) CHECKED;

/**
 * Copies rows that are done or diverged in an older file to the missing rows of `path` with the
 * same job hash; either file may be a shard. The older file must have every variable of the layout;
 * records_read pads them. Updates states[jobs]; *copied is the number of rows, which are written as
 * run number `run_epoch`. Not collective, after MPI_Init, before results_open. STATUS_BAD_INPUT
 * when `older` is no results file or lacks a variable.
 */
enum status results_reuse(const char *path, const char *older, const struct results_layout *layout,
                          int64_t run_epoch, uint8_t *states, int64_t *copied,
                          struct error *error) CHECKED;
