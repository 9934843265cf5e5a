/**
 * @file
 * Reads tables of numbers from CSV and HDF5 files, whichever a file is.
 */
#pragma once

#include "base/arena.h"
#include "data/points.h"
#include "parameter/parameter.h"

/**
 * Reads a table. An HDF5 file must come with the path of a data set in it, of integers or floats
 * in one dimension (one column) or two. Anything else is read as CSV: numbers separated by commas
 * or semicolons (the same throughout) or by blanks, '#' starting a comment, blank lines skipped, a
 * first line without any number taken as a header. STATUS_BAD_INPUT names the file with line and
 * column, or with the data set, and says what was expected. Needs no MPI, takes no file lock.
 */
enum status points_file_read(const struct file_reference *file, struct arena *arena,
                             struct points *points, struct error *error) CHECKED;
