/**
 * @file
 * Tables of numbers in HDF5 files; use points_file_read unless the format is known.
 */
#pragma once

#include "base/arena.h"
#include "data/points.h"

/** Reads a data set of an HDF5 file through the serial driver, as points_file_read describes it. */
enum status hdf5_read(const char *path, const char *dataset, struct arena *arena,
                      struct points *points, struct error *error) CHECKED;
