/**
 * @file
 * `modsweep merge`: how far it is, and what it took from where.
 */
#pragma once

#include "store/merge.h"

/** What progress on a terminal keeps. */
struct merge_line {
    bool shown;    /**< standard error reaches a terminal */
    bool begun;    /**< something was drawn */
    double before; /**< clock_seconds of the last picture */
};

/** Progress on a terminal's standard error, and nothing elsewhere. */
struct merge_progress merge_line_begin(struct merge_line *line);

/** Wipes it away. */
void merge_line_end(const struct merge_line *line);

/** The two forms, to standard output. */
void merge_print(const struct merge_summary *summary, const char *output);
enum status merge_print_json(const struct merge_summary *summary, const char *output,
                             struct error *error) CHECKED;
