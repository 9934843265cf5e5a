/**
 * @file
 * What a results file says of its sweep: root attributes, the columns of its axes, and the
 * variables that runs will fill. For the room store only; serial driver.
 */
#pragma once

#include "store/hdf.h"
#include "store/layout.h"
#include "sweep/sweep.h"

/** Root attributes: the sweep's text, what its columns are, versions, time and host. */
enum status metadata_attributes(hid_t file, const struct sweep *sweep,
                                const struct results_layout *layout, struct error *error) CHECKED;

/** The dimension `job`, the columns of axes, replicate and hash, with their values. */
enum status metadata_columns(hid_t file, const struct sweep *sweep, struct error *error) CHECKED;

/** The variables of rows and of runs, without values. */
enum status metadata_variables(hid_t file, const struct sweep *sweep,
                               const struct results_layout *layout, struct error *error) CHECKED;

/** How a column of an axis is stored: as a number, or as letters. */
enum hdf_storage metadata_column_storage(const struct axis_column *column);

/** An upper bound of the file's size in bytes. */
uint64_t metadata_size_bound(const struct sweep *sweep, const struct results_layout *layout);
