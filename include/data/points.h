/**
 * @file
 * Reads tables of numbers from CSV and HDF5 files.
 */
#pragma once

#include "base/arena.h"
#include "parameter/parameter.h"

#include <stddef.h>

/** A table of finite numbers, row-major; at least one row and one column. */
struct points {
    size_t rows;
    size_t columns;
    double *values;     /**< [rows][columns], owned by the arena */
    const char **names; /**< [columns] from the first line of a CSV file, owned by the arena; NULL
                             where there are none */
};

/**
 * Reads a table. An HDF5 file must come with the path of a data set in it, of integers or floats
 * in one dimension (one column) or two. Anything else is read as CSV: numbers separated by commas
 * or semicolons (the same throughout) or by blanks, '#' starting a comment, blank lines skipped, a
 * first line without any number taken as a header. STATUS_BAD_INPUT names the file with line and
 * column, or with the data set, and says what was expected. Needs no MPI, takes no file lock.
 */
enum status points_read(const struct file_reference *file, struct arena *arena,
                        struct points *points, struct error *error) CHECKED;
