/**
 * @file
 * The picture of a heat map.
 */
#pragma once

#include "plot/heat.h"
#include "plot/plot_page.h"

/**
 * Draws the map into `path`: a panel for each score, one above the other, each with a bar of
 * colours. This is logarithmic if means are positive and span three decades. Cells without a mean
 * are hatched, and places where the grid has no job are blank. Errors as gnuplot_draw and
 * plot_page_lay_out.
 */
enum status heat_picture(const struct heat *heat, const struct plot_style *style, const char *path,
                         struct error *error) CHECKED;
