/**
 * @file
 * Which columns a plot takes, and how it uses them.
 */
#pragma once

#include "plot/plot.h"

/** Names belong to the reader, the request or the arena. */
struct plot_choice {
    struct table_request cells; /**< what the table is to hold; x, if it is a score, stands last */
    const char *x;
    bool x_is_key;
    const char *score;      /**< the default along y where x is a prediction, else NULL */
    const char *origin_key; /**< NULL without an origin */
    const char *origin_value;
    const char *averaged; /**< axes that vary and make no cells: "a, b" */
};

/** STATUS_BAD_INPUT for an unknown x, an origin that is none, and where nothing is left to choose
 * from. */
enum status plot_choose(const struct results_reader *reader, const struct plot_request *request,
                        struct arena *arena, struct plot_choice *choice,
                        struct error *error) CHECKED;

/** Sets parts[key_count]: whether a key of the table makes lines. */
enum status plot_choose_lines(const struct table *table, const struct plot_request *request,
                              const struct plot_choice *choice, bool *parts,
                              struct error *error) CHECKED;
