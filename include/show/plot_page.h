/**
 * @file
 * The page of a picture of panels, one above the other over a common axis: where everything is, and
 * all that stands around the panels, in gnuplot's words. For the room show only.
 */
#pragma once

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/** How a picture is to look. */
struct plot_style {
    const char *title; /**< "" for none */
    int width, height; /**< of the picture in pixels of an SVG; 0: what suits the plot */
};

/** The width and height that are allowed. */
enum { PLOT_SIDE_LEAST = 200, PLOT_SIDE_MOST = 10000 };

enum { PLOT_ACCOUNT_LINES = 6 };

/** Lengths and places in pixels from the upper left corner. */
struct plot_page {
    /* What it is to hold; texts may be "". */
    struct plot_style style;
    size_t panel_count;
    const char *x_title, *x_help;
    const char *account; /**< in small letters at the bottom, broken into lines */
    size_t category_count;
    const char *const *categories; /**< names along x, or none */
    const char *const *rows;       /**< [row_count], names along y, or none */
    size_t row_count;
    double y_low,
        y_high; /**< the range along y whose numbers are widest; unused where rows have names */
    int side;   /**< width kept free beside the panels */
    int side_height;  /**< and the height that is wanted there */
    int under_height; /**< where above 0, a narrow page has this height free under the panels
                         instead of the side */
    int panel_height; /**< wanted of each; 0: what suits their number */

    /* Where it is, after plot_page_lay_out. */
    int width, height;
    int left, right;      /**< edges of all panels */
    int top;              /**< of the first panel */
    int scale;            /**< height of the common scale */
    int under;            /**< where what is under the panels begins; 0 if it stands at the side */
    bool turned;          /**< categories are written upwards */
    size_t category_step; /**< every which of them has its name written */
    const char *account_lines[PLOT_ACCOUNT_LINES];
    int account_line_count;
};

/** Lays it out; texts that are made belong to the arena. STATUS_BAD_INPUT where the height asked
 * for is too small for the panels. */
enum status plot_page_lay_out(struct plot_page *page, struct arena *arena,
                              struct error *error) CHECKED;

/** Letters of a UTF-8 text, and about how wide it is in usual letters. */
int plot_page_letters(const char *text);
int plot_page_text_width(const char *text);

/** Writes the marks of a linear axis ('x', 'y' or "cb"), so many that their numbers have room on
 * its length in pixels. */
void plot_page_write_marks(FILE *script, const char *axis, double low, double high, int length);

/** The upper and lower edge of a panel. */
int plot_page_panel_top(const struct plot_page *page, size_t panel);
int plot_page_panel_bottom(const struct plot_page *page, size_t panel);

/** A place as gnuplot has it: shares of the page, from its lower left corner. */
double plot_page_across(const struct plot_page *page, int x);
double plot_page_up(const struct plot_page *page, int y);

/** Writes what all pictures share: the looks of axes. */
void plot_page_write_looks(FILE *script, const struct plot_page *page);

/** Writes a text at a place, in smaller letters and then cut off where it is wider than `room`;
 * `looks` are gnuplot's: place, colour, rotation. gnuplot keeps it until labels are unset. */
void plot_page_write_text(FILE *script, const struct plot_page *page, int x, int y, int room,
                          const char *text, const char *looks);

/** Writes the frame of a panel: its margins, title of y, heading, and below the last the axis. */
void plot_page_write_panel(FILE *script, const struct plot_page *page, size_t panel,
                           const char *y_title, const char *heading);

/** Places the bar of colours that gnuplot draws with a panel's points or cells. */
void plot_page_write_bar(FILE *script, const struct plot_page *page, int x, int top, int bottom);

/** Writes title and account, as labels, and the margins of a panel without axes that holds them. */
void plot_page_write_rest(FILE *script, const struct plot_page *page);
