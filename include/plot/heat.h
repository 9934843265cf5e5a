/**
 * @file
 * Scores of a results file over two axes of the grid: heat maps. Drawn by plot/heat_picture.h.
 */
#pragma once

#include "aggregate/table.h"

#include <stdio.h>

/** Values along an axis that can be drawn. */
enum { HEAT_VALUES_MAX = 400 };

/** What to show. NULL and empty lists ask for the defaults. */
struct heat_request {
    const char *x, *y; /**< axes, or "replicate"; default: the two that make most cells, the longer
                          one along x */
    size_t score_count;
    const char *const *scores; /**< shown by colours, a panel each; default: the sweep's first */
};

/** An axis of the grid along a side of the map. */
struct heat_axis {
    const struct table_key *key;
    size_t count;       /**< distinct values */
    const char **texts; /**< [count]: numbers by size and shortened, texts in the order of the
                           file; "" where jobs have no such key */
};

struct heat {
    struct table table; /**< of all cells; jobs that differ in other axes are averaged */
    struct arena arena;
    struct heat_axis x, y;
    const struct table_group **cells; /**< [y.count][x.count]; NULL where the grid has no job */
    const char *averaged;             /**< axes that vary within a cell: "a, b" */
    size_t undefined;     /**< cells with finished jobs but without a number of some score */
    size_t unfinished;    /**< cells without a finished job */
    size_t outside;       /**< places where the grid has no job */
    int64_t fewest, most; /**< jobs in a mean */
};

/**
 * Finds the cells. Call heat_free in every case. Names belong to the reader, which must outlive the
 * map. STATUS_BAD_INPUT if a name is unknown (names the nearest), if there are no two axes, and if
 * no job is done.
 */
enum status heat_compute(const struct results_reader *reader, const struct heat_request *request,
                         struct heat *heat, struct error *error) CHECKED;
void heat_free(struct heat *heat);

/** The mean of a score in a cell; NaN where there is none. */
double heat_mean(const struct heat *heat, size_t row, size_t column, size_t score);

/** What the map shows and what it does not, in words; owned by the arena. */
enum status heat_account(const struct heat *heat, struct arena *arena, const char **text,
                         struct error *error) CHECKED;
