/**
 * @file
 * Which columns a plot takes, and how it uses them.
 */
#pragma once

#include "plot/plot.h"

/** Names belong to the reader, the request or the arena. */
struct plot_choice {
    struct table_request cells; /**< what the table holds; x comes last if it is a score */
    const char *x;
    bool x_is_key;
    const char *score;      /**< the default along y if x is a prediction, else NULL */
    const char *origin_key; /**< NULL without an origin */
    const char *origin_value;
    const char *averaged; /**< axes that vary but do not make cells: "a, b" */
};

/** STATUS_BAD_INPUT if x is unknown, if the origin is malformed, and if the sweep has nothing to
 * choose from. */
enum status plot_choose(const struct results_reader *reader, const struct plot_request *request,
                        struct arena *arena, struct plot_choice *choice,
                        struct error *error) CHECKED;

/** Sets parts[key_count]: whether a key of the table makes lines. */
enum status plot_choose_lines(const struct table *table, const struct plot_request *request,
                              const struct plot_choice *choice, bool *parts,
                              struct error *error) CHECKED;
