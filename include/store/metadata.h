/**
 * @file
 * The root attributes of a results file, and the variables that runs will fill. For the room store
 * only; serial driver.
 */
#pragma once

#include "store/layout.h"
#include "store/origin.h"

/** Writes the root attributes: the origin, what the columns are, versions, time and host. */
enum status metadata_attributes(hid_t file, const struct results_origin *origin,
                                const struct results_layout *layout, struct error *error) CHECKED;

/** Creates the variables of rows and of runs, without values. */
enum status metadata_variables(hid_t file, const struct results_origin *origin,
                               const struct results_layout *layout, struct error *error) CHECKED;

/** An upper bound of the file's size in bytes. */
uint64_t metadata_size_bound(const struct results_origin *origin,
                             const struct results_layout *layout);
