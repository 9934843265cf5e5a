/**
 * @file
 * What stands inside the panels of a plot: ranges, points, lines and bands, in gnuplot's words. For
 * the room show only.
 */
#pragma once

#include "plot/plot.h"

/** Whether points of a line are joined. */
bool plot_curves_joined(const struct plot *plot);

/** Whether a line has a mark in any panel: it has none where its jobs have no such scores. */
bool plot_curves_drawn(const struct plot *plot, size_t line);

/** Writes the points of all panels, for plot_curves_write to refer to. */
void plot_curves_write_data(FILE *script, const struct plot *plot);

/** Writes the range of the common axis, which is `width` pixels long. */
void plot_curves_write_x_range(FILE *script, const struct plot *plot, int width);

/** Writes the range of y of a panel `height` pixels high, and draws its bands and lines. */
void plot_curves_write(FILE *script, const struct plot *plot, size_t panel, int height);

/** The range of a panel's y. */
void plot_curves_y_range(const struct plot *plot, size_t panel, double *low, double *high);
