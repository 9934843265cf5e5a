/**
 * @file
 * The optimal assignment of rows to columns.
 */
#pragma once

#include "base/arena.h"

#include <stddef.h>
#include <stdint.h>

/** Room for assignments of one size, and the last one found. */
struct assignment {
    size_t size;
    int32_t *column;      /**< [size] of each row */
    int32_t *row;         /**< [size] of each column */
    double *row_price;    /**< [size] u with u + v ≤ cost everywhere, equal where assigned */
    double *column_price; /**< [size] v */
    double *distance;     /**< [size] scratch: of shortest paths, in the order of `columns` */
    int32_t *before;      /**< [size] scratch: the row before each column on its path */
    int32_t *columns;     /**< [size] scratch: those not yet reached, then the others */
    int32_t *free_rows;   /**< [size] scratch: not yet assigned */
};

/** Takes room for `size` (at least 1, below 2^31) rows and columns from the arena. */
enum status assignment_new(size_t size, struct arena *arena, struct assignment *assignment,
                           struct error *error) CHECKED;

/**
 * Finds the assignment of least total cost, one column to each row, for finite
 * costs[size][size]. Shortest augmenting paths (Jonker & Volgenant 1987), O(size³). Which one of
 * several is found depends on the costs alone.
 */
void assignment_solve(const double *costs, struct assignment *assignment);

/**
 * The same, beginning with the prices in column_price: much faster where they are near those of the
 * optimum, as when problems change little.
 */
void assignment_solve_from_prices(const double *costs, struct assignment *assignment);
