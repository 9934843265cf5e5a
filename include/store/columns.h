/**
 * @file
 * The columns that identify the job of every row: the axes of the grid, the replicate and the hash.
 * For the room store only; serial driver.
 */
#pragma once

#include "store/origin.h"

/** Creates the dimension `job` and the columns, without values. */
enum status columns_create(hid_t file, const struct results_origin *origin,
                           struct error *error) CHECKED;

/** Fills the columns with what the sweep says of its jobs. */
enum status columns_fill(hid_t file, const struct results_origin *origin, const struct sweep *sweep,
                         struct error *error) CHECKED;
