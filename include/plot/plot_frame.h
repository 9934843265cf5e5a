/**
 * @file
 * All that stands around the panels of a picture, in gnuplot's words. For the room show only.
 */
#pragma once

#include "plot/plot_page.h"

#include <stdio.h>

/** Writes the marks of a linear axis ('x', 'y' or "cb"), so many that their numbers have room on
 * its length in pixels. */
void plot_frame_write_marks(FILE *script, const char *axis, double low, double high, int length);

/** The same for a logarithmic axis: 1, 2 and 5 times powers of ten, or even steps where few of
 * these are in the range; gnuplot's own where it has three powers of ten, or is empty. */
void plot_frame_write_log_marks(FILE *script, const char *axis, double low, double high,
                                int length);

/** Writes what all pictures share: the looks of axes. */
void plot_frame_write_looks(FILE *script, const struct plot_page *page);

/** Writes a text at a place, in smaller letters and then cut off where it is wider than `room`;
 * `looks` are gnuplot's: place, colour, rotation. gnuplot keeps it until labels are unset. */
void plot_frame_write_text(FILE *script, const struct plot_page *page, int x, int y, int room,
                           const char *text, const char *looks);

/** Writes the frame of a panel: its margins, title of y, heading, and below the last the axis. */
void plot_frame_write_panel(FILE *script, const struct plot_page *page, size_t panel,
                            const char *y_title, const char *heading);

/** Places the bar of colours that gnuplot draws with a panel's points or cells. */
void plot_frame_write_bar(FILE *script, const struct plot_page *page, int x, int top, int bottom);

/** Writes title and account, as labels, and the margins of a panel without axes that holds them. */
void plot_frame_write_rest(FILE *script, const struct plot_page *page);
