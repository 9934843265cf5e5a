/**
 * @file
 * Progress of a run on standard error: a bar on a terminal, a line every few seconds elsewhere.
 */
#pragma once

#include "base/error.h"
#include "dispatch/run_progress.h"

#include <stdbool.h>

enum progress_style { PROGRESS_AUTO, PROGRESS_BAR, PROGRESS_LINES, PROGRESS_NONE };

struct progress_display {
    enum progress_style style; /**< PROGRESS_AUTO becomes a bar or lines as the run begins */
    double started, shown;     /**< clock_seconds */
    int columns;               /**< of the last picture of a bar */
};

/** Names of the styles, NULL-terminated. */
extern const char *const progress_styles[];

/** For struct run_observer, with a `struct progress_display` as context: draws now and then, and at
 * the end unless there was nothing to do. */
void progress_display_update(void *display, const struct run_progress *progress,
                             enum run_phase phase);

/**
 * Whether a standard stream ends at a terminal. Under mpirun the stream itself is a pipe or a
 * pseudo-terminal, so the launcher's stream is checked.
 */
bool stream_reaches_terminal(int descriptor);
