/**
 * @file
 * Progress of a run on standard error: a bar on a terminal, a line every few seconds elsewhere.
 */
#pragma once

#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>

enum progress_style { PROGRESS_AUTO, PROGRESS_BAR, PROGRESS_LINES, PROGRESS_NONE };

/** What is shown. */
struct progress {
    enum progress_style style;
    int64_t total;         /**< jobs of the sweep */
    int64_t before;        /**< jobs that were finished before this run */
    int64_t done, failed;  /**< by this run */
    double cost, all_cost; /**< done and to do by this run, in the plan's units; all may be 0 */
    double started, shown; /**< clock_seconds */
    int columns;           /**< of the last picture of a bar */
};

/** The style of a name ("auto", "bar", "lines", "none"); STATUS_BAD_INPUT for others. */
enum status progress_style_named(const char *name, enum progress_style *style,
                                 struct error *error) CHECKED;

/** Starts; PROGRESS_AUTO becomes a bar where standard error reaches a terminal, else lines. */
void progress_begin(struct progress *progress);

/** Shows the present state if it is time to. */
void progress_show(struct progress *progress);

/** Shows the last state, unless there was nothing to do, and ends the line. */
void progress_end(struct progress *progress);

/**
 * Whether a standard stream ends at a terminal. Under mpirun the stream itself is a pipe or a
 * pseudo-terminal of its own, so the launcher's is asked.
 */
bool stream_reaches_terminal(int descriptor);
