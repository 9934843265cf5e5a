/**
 * @file
 * Fits texts into pictures. Their widths are estimates: gnuplot does not tell the width of a text,
 * and needs the size of the picture first.
 */
#pragma once

#include <stddef.h>
#include <stdio.h>

/** Sizes of letters in pixels of the page. */
enum {
    PLOT_FONT = 13,
    PLOT_FONT_TITLE = 15,
    PLOT_FONT_SMALL = 11,
    PLOT_FONT_SMALLEST = 10,
    PLOT_FONT_MIN = 8
};

/** About how wide a text is, in pixels. */
int plot_text_width(const char *text, int font);

/** The widest of several texts; 0 without any. */
int plot_text_widest(const char *const *texts, size_t count, int font);

/** How many letters fit into so many pixels. */
size_t plot_text_fitting(int room, int font);

/** Writes a text in gnuplot's quotes, cut where it is wider than `room` pixels. */
void plot_text_write(FILE *script, const char *text, int room, int font);

/** Writes a text and its font, of the largest size up to `font` at which it fits. It is cut if it
 * does not fit at PLOT_FONT_MIN. */
void plot_text_write_fitted(FILE *script, const char *text, int room, int font);
