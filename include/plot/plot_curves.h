/**
 * @file
 * What stands inside the panels of a plot: points, lines and bands, in gnuplot's words.
 */
#pragma once

#include "plot/plot.h"
#include "plot/plot_axis.h"

/** The range of the common axis. */
struct plot_range plot_curves_x_range(const struct plot *plot);

/** The range of a panel's y. */
struct plot_range plot_curves_y_range(const struct plot *plot, size_t panel);

/** Writes the range of the bar of colours, which is `length` pixels long, if there is one. */
void plot_curves_write_grades(FILE *script, const struct plot *plot, int length);

/** Plots the bands, lines and points of a panel. */
void plot_curves_write(FILE *script, const struct plot *plot, size_t panel);
