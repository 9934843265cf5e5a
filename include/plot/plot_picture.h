/**
 * @file
 * The picture of a plot.
 */
#pragma once

#include "plot/plot.h"
#include "plot/plot_page.h"

/**
 * Draws the plot into `path`: a panel for each score, one above the other over a common axis; lines
 * of points with bands of ± standard deviation, or points alone. Errors as gnuplot_draw and
 * plot_page_lay_out.
 */
enum status plot_picture(const struct plot *plot, const struct plot_style *style, const char *path,
                         struct error *error) CHECKED;
