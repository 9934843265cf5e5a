/**
 * @file
 * The page of a picture: panels, one above the other over a common axis, and the texts around them.
 * gnuplot fits a picture into a page of a given size. Here the size follows from what the page
 * holds, and small pages leave out what does not fit.
 */
#pragma once

#include "plot/plot_axis.h"

#include "base/arena.h"

#include <stddef.h>

/** How a picture is to look. */
struct plot_style {
    const char *title; /**< "" for none */
    int width, height; /**< of the picture in pixels of an SVG; 0: what suits the plot */
};

/** The width and height that are allowed. */
enum { PLOT_SIDE_MIN = 200, PLOT_SIDE_MAX = 10000 };

enum { PLOT_ACCOUNT_LINES = 6 };

/** Names of categories along an axis. */
struct plot_names {
    size_t count; /**< 0 on an axis of numbers */
    const char *const *texts;
};

/** Lengths and places in pixels from the upper left corner. */
struct plot_page {
    /* What it holds; texts may be "". */
    struct plot_style style;
    size_t panel_count;
    const char **y_titles, **headings; /**< [panel_count]; headings are above the panels */
    const char *x_title, *x_help;
    const char *account; /**< in small letters at the bottom, broken into lines */
    struct plot_names columns, rows;
    struct plot_range widest; /**< along y, the range whose numbers are widest */
    int side;                 /**< width kept free beside the panels */
    int side_height;          /**< and the height that is wanted there */
    int under_height; /**< if above 0, a narrow page keeps this height free under the panels, and
                         nothing at their side */
    int panel_height; /**< wanted of each; 0: what suits their number */

    /* Where it is, after plot_page_lay_out. */
    int width, height;
    int left, right;    /**< edges of all panels */
    int top;            /**< of the first panel */
    int scale;          /**< height of the common scale */
    int under;          /**< where the free height under the panels begins; 0 without it */
    bool turned;        /**< names of columns are written upwards */
    size_t column_step; /**< the first of so many of them is written */
    const char *account_lines[PLOT_ACCOUNT_LINES];
    int account_line_count;
};

/** Sets sizes and places; the arena owns new texts. STATUS_BAD_INPUT if the requested height is too
 * small for the panels. */
enum status plot_page_lay_out(struct plot_page *page, struct arena *arena,
                              struct error *error) CHECKED;

/** Writes the style of axes, and begins the picture. */
void plot_page_begin(FILE *script, const struct plot_page *page);

/** Writes the place of the panel that is plotted next, and the names along its axes. */
void plot_page_write_panel(FILE *script, const struct plot_page *page, size_t panel);

/** Writes a bar of colours beside the panel that is plotted next. */
void plot_page_write_bar(FILE *script, const struct plot_page *page, const char *title);

/** Writes a text at a place of the page, fitted into `room` as by plot_text_write_fitted. `looks`
 * are words of gnuplot for adjustment, rotation and colour. For use with plot_page_write_texts. */
void plot_page_write_text(FILE *script, const char *text, int room, int font, int x, int y,
                          const char *looks);

/** Writes all texts around the panels, after these. The next plot fills the whole page; it has
 * pixels as coordinates, and no axes. */
void plot_page_write_texts(FILE *script, const struct plot_page *page);
