/**
 * @file
 * The lines of a plot, from its cells.
 */
#pragma once

#include "plot/plot.h"

/** What is known of the table's groups, which are the cells. */
struct plot_cells {
    bool *parts;       /**< [key_count], whether the key makes lines */
    size_t origin_key; /**< key_count without an origin */
    double *x;         /**< [group_count], NaN where a cell is not drawn */
    bool *joins;       /**< [group_count], whether it is of the origin */
};

/**
 * Fills the plot's lines and points, in its arena, from its table. A cell of the origin joins every
 * line that agrees with it in all other keys that make lines, and is a line of its own where none
 * does. STATUS_BAD_INPUT where there would be too many.
 */
enum status plot_lines_make(const struct plot_cells *cells, struct plot *plot,
                            struct error *error) CHECKED;
