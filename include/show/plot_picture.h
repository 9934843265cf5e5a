/**
 * @file
 * The picture of a plot.
 */
#pragma once

#include "show/plot.h"

/** How it is to look. */
struct plot_style {
    const char *title; /**< "" for none */
    int width, height; /**< of the picture in pixels of an SVG; 0: what suits the plot */
};

/** The width and height that are allowed. */
enum { PLOT_SIDE_LEAST = 200, PLOT_SIDE_MOST = 10000 };

/**
 * Draws the plot into `path`, through gnuplot: a panel per score, one above the other over a common
 * axis; lines of points with bands of ± standard deviation. Errors are those of gnuplot_draw.
 */
enum status plot_picture(const struct plot *plot, const struct plot_style *style, const char *path,
                         struct error *error) CHECKED;
