/**
 * @file
 * The legend of a plot: the names of lines beside their marks, or a bar of colours.
 */
#pragma once

#include "plot/plot.h"
#include "plot/plot_page.h"

/** Sets the space that the page keeps for it. */
void plot_legend_reserve(const struct plot *plot, struct plot_page *page);

/** Writes the bar of colours, if there is one, for the panel that is plotted next. */
void plot_legend_write_bar(FILE *script, const struct plot *plot, const struct plot_page *page);

/** Plots the page's texts, with the names of lines if there are any. */
void plot_legend_write(FILE *script, const struct plot *plot, const struct plot_page *page);
