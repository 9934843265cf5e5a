/**
 * @file
 * Scores of a results file against an axis or another score: the cells of the grid as points, in
 * lines. Computed by plot/plot_compute.h, drawn by plot/plot_picture.h.
 */
#pragma once

#include "aggregate/table.h"

/** Readers cannot tell more lines apart. */
enum { PLOT_LINES_MAX = 28 };

/** What a point is: a cell of the grid, joined to lines; a job; or a job with a prediction as x. */
enum plot_kind { PLOT_LINE, PLOT_SCATTER, PLOT_THEORY };

/** What to plot. NULL and empty lists ask for the defaults. */
struct plot_request {
    enum plot_kind kind;
    const char *x; /**< axis, "replicate" or score; default: multiinformation, else the first axis
                      of numbers that varies, else the first that varies */
    size_t score_count;
    const char *const *scores; /**< along y, a panel each; default: the sweep's first, but not x */
    size_t line_count;
    const char *const *lines; /**< axes: cells that agree in them form a line. Default: all but x;
                                 if x is a score, all but the axis with most numbers; if points
                                 are jobs, one axis: the first of few texts, else the first of
                                 numbers */
    size_t key_count;
    const char *const *keys; /**< axes besides x, lines and origin that make cells. Default: all
                                with more values than one; if points are jobs also replicate */
    bool whole;              /**< none of these axes */
    const char *origin;      /**< "AXIS=VALUE": cells that join every line they fit */
    bool logarithmic;        /**< x; cells where it is not above 0 are not drawn */
    bool apart;              /**< points are not joined to lines */
};

/** A cell, as part of a line. */
struct plot_point {
    size_t line;  /**< its number, in the order of the lines' first cells */
    double x;     /**< mean over the cell, its value of an axis, or the number of its category */
    double shift; /**< from the middle of a category, where lines are side by side */
    const struct table_group *group;
};

/** Cells in order of x. */
struct plot_line {
    const char *label; /**< its values of the axes that make lines; "" if none does */
    double value;      /**< of the axis, if a single one, of numbers, makes lines; else NaN */
    bool drawn;        /**< some point has a number */
    size_t point_count;
    struct plot_point *points;
};

/** How a score relates to the prediction along x, over the points that are drawn. */
struct plot_relation {
    bool same;       /**< both are the same quantity */
    bool positive;   /**< all of the scores are above 0 */
    size_t count;    /**< points with both numbers */
    double spearman; /**< rank correlation; NaN if one of them does not vary */
    double distance; /**< root mean square of score − prediction; meaningful if `same` */
};

/** What is drawn. */
struct plot {
    enum plot_kind kind;
    struct table table; /**< of all cells; its first `panel_count` scores are drawn along y */
    struct arena arena;
    size_t panel_count;
    const char *x, *x_unit, *x_help;
    const char *averaged; /**< axes that vary within a point: "a, b" */
    bool logarithmic;
    bool apart; /**< points are not joined */
    size_t category_count;
    const char **categories; /**< [category_count]; none unless x is an axis of texts */
    const char *line_title;  /**< the axes that make lines; "" if none does */
    bool ordered;            /**< lines are in order of `value` */
    bool graded;             /**< a bar of colours shows the lines' values, which are many */
    struct plot_relation *relations; /**< [panel_count] if x is a prediction, else NULL */
    bool marks_modular;              /**< x is the margin, which is 0 for modular data */
    size_t line_count;
    struct plot_line *lines;
    size_t cell_count;         /**< that have points */
    struct plot_point *points; /**< [point_count], of all lines */
    size_t point_count;        /**< more than cells if cells of the origin are in several lines */
    int64_t fewest, most;      /**< jobs in a mean that is drawn */
    size_t empty_cells;        /**< not drawn: no job is done */
    size_t unplaced_cells; /**< not drawn: x is undefined, or not above 0 on a logarithmic axis */
    bool overlaps;         /**< a line has several cells at one value of an axis */
};

/** Frees a plot that plot_compute filled, or failed to. */
void plot_free(struct plot *plot);

/** The mean of a score at a point, plus `sign` standard deviations if there are any. NaN without a
 * number. */
double plot_reach(const struct plot_point *point, size_t panel, int sign);

/** Whether a point has a number in any panel. */
bool plot_is_marked(const struct plot *plot, const struct plot_point *point);

/** Whether points of a line are joined. */
bool plot_is_joined(const struct plot *plot);

/** "10 of 12 jobs done; mean ± sample standard deviation over 3 to 5 jobs a point", owned by the
 * arena. */
enum status plot_account(const struct plot *plot, struct arena *arena, const char **text,
                         struct error *error) CHECKED;
