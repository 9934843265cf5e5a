/**
 * @file
 * What tells the lines of a plot apart: names beside their marks, or a bar of colours. For the room
 * show only.
 */
#pragma once

#include "plot/plot.h"
#include "plot/plot_page.h"

/** Sets the room that the page keeps for it. */
void plot_legend_reserve(const struct plot *plot, struct plot_page *page);

/** Draws it, as labels and arrows, and all labels that wait. */
void plot_legend_write(FILE *script, const struct plot *plot, const struct plot_page *page);
