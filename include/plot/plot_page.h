/**
 * @file
 * The page of a picture of panels, one above the other over a common axis: where everything is.
 * Drawn by plot/plot_frame.h. For the room show only.
 */
#pragma once

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

/** How a picture is to look. */
struct plot_style {
    const char *title; /**< "" for none */
    int width, height; /**< of the picture in pixels of an SVG; 0: what suits the plot */
};

/** The width and height that are allowed. */
enum { PLOT_SIDE_MIN = 200, PLOT_SIDE_MAX = 10000 };

enum { PLOT_ACCOUNT_LINES = 6 };

/** Lengths in pixels. */
enum {
    PAGE_TOP = 16,
    PAGE_TITLE = 26,
    PAGE_HEADING = 24,    /**< over a panel, for the long name of its score */
    PAGE_LEFT_TITLE = 36, /**< for the title of y alone */
    PAGE_X_TITLE = 22,
    PAGE_X_HELP = 16,
    PAGE_ACCOUNT = 15, /**< a line of it */
    PAGE_BOTTOM = 12,
    PAGE_PANEL_LOW = 110, /**< lower panels do without the long name of x */
};

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
    double y_low, y_high; /**< the range whose numbers are widest, where rows have no names */
    int side;             /**< width kept free beside the panels */
    int side_height;      /**< and the height that is wanted there */
    int under_height;     /**< where above 0, a narrow page has this height free under the panels
                             instead of the side */
    int panel_height;     /**< wanted of each; 0: what suits their number */

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

/** The upper and lower edge of a panel. */
int plot_page_panel_top(const struct plot_page *page, size_t panel);
int plot_page_panel_bottom(const struct plot_page *page, size_t panel);

/** A place as gnuplot has it: shares of the page, from its lower left corner. */
double plot_page_across(const struct plot_page *page, int x);
double plot_page_up(const struct plot_page *page, int y);
