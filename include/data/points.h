/**
 * @file
 * A table of numbers, such as one read from a file.
 */
#pragma once

#include <stddef.h>

/** Finite numbers, row-major; at least one row and one column. */
struct points {
    size_t rows;
    size_t columns;
    double *values;     /**< [rows][columns], owned by the arena */
    const char **names; /**< [columns] from the first line of a CSV file, owned by the arena; NULL
                             where there are none */
};
