/**
 * @file
 * The lines of a plot, from its cells.
 */
#pragma once

#include "plot/plot.h"

/** The cells of a plot, which are its table's groups. */
struct plot_cells {
    bool *parts;       /**< [key_count], whether the key makes lines */
    size_t origin_key; /**< key_count if there is no origin */
    double *x;         /**< [group_count], NaN of cells that are not drawn */
    bool *joins;       /**< [group_count], whether a cell is of the origin */
};

/**
 * Fills the plot's lines and points, in its arena, from its table. A cell of the origin joins every
 * line that agrees with it in all other keys that make lines; if none does, it forms a line itself.
 * STATUS_BAD_INPUT if there are too many lines.
 */
enum status plot_lines_make(const struct plot_cells *cells, struct plot *plot,
                            struct error *error) CHECKED;
