/**
 * @file
 * What stands inside the panels of a plot: ranges, points, lines and bands, in gnuplot's words. For
 * the room show only.
 */
#pragma once

#include "show/plot.h"

/** Writes the points of all panels, for plot_curves_write to refer to. */
void plot_curves_write_data(FILE *script, const struct plot *plot);

/** Writes the range of the common axis. */
void plot_curves_write_x_range(FILE *script, const struct plot *plot);

/** Writes a panel's range of y, and draws its bands and lines. */
void plot_curves_write(FILE *script, const struct plot *plot, size_t panel);

/** Draws nothing but the legend of the lines. */
void plot_curves_write_legend(FILE *script, const struct plot *plot);
