#include "show/progress.h"

#include "base/clock.h"
#include "base/text.h"
#include "show/duration.h"

#include <fcntl.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static const double bar_interval = 0.1;  /* seconds between two pictures */
static const double line_interval = 5.0; /* seconds between two lines */
static const double rate_after = 0.2;    /* seconds before a rate means anything */

enum {
    BAR_COLUMNS_MAX = 40,
    BAR_COLUMNS_MIN = 8, /* fewer show nothing */
    LINE_BYTES = 256,
    COLUMNS_USUAL = 80,
};

const char *const progress_styles[] = {[PROGRESS_AUTO] = "auto",
                                       [PROGRESS_BAR] = "bar",
                                       [PROGRESS_LINES] = "lines",
                                       [PROGRESS_NONE] = "none",
                                       NULL};

/* A descriptor of the launcher's stream, to be closed, or -1. */
static int progress_open_launchers_stream(int descriptor) {
    char path[64];
    (void)snprintf(path, sizeof path, "/proc/%d/fd/%d", (int)getppid(), descriptor);
    return open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
}

static int progress_columns_of(int descriptor) {
    struct winsize size;
    return ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col
                                                                        : COLUMNS_USUAL;
}

/* Width of the terminal behind a standard stream, or 0 where there is none. */
static int progress_terminal_columns(int descriptor) {
    if (getenv("OMPI_COMM_WORLD_SIZE") == NULL || getenv("SLURM_STEP_ID") != NULL) {
        return isatty(descriptor) ? progress_columns_of(descriptor) : 0;
    }
    int launchers = progress_open_launchers_stream(descriptor);
    if (launchers < 0) {
        return 0;
    }
    int columns = isatty(launchers) ? progress_columns_of(launchers) : 0;
    (void)close(launchers);
    return columns;
}

bool stream_reaches_terminal(int descriptor) {
    return progress_terminal_columns(descriptor) > 0;
}

static void progress_begin(struct progress_display *display) {
    display->started = clock_seconds();
    display->shown = display->started;
    if (display->style == PROGRESS_AUTO) {
        display->style = stream_reaches_terminal(STDERR_FILENO) ? PROGRESS_BAR : PROGRESS_LINES;
    }
}

static void progress_append(char *text, const char *format, ...) PRINTF_LIKE(2, 3);

static void progress_append(char *text, const char *format, ...) {
    size_t used = strlen(text);
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text + used, LINE_BYTES - used, format, arguments);
    va_end(arguments);
}

/* The share of this run's work that is done. */
static double progress_part_done(const struct run_progress *progress) {
    int64_t own = progress->done + progress->failed;
    int64_t all = progress->total - progress->before;
    return progress->all_cost > 0.0 ? progress->cost / progress->all_cost
                                    : (double)own / (double)(all > 0 ? all : 1);
}

/* "123/456  27%  81.2 jobs/s  0:12 left  3 failed", without what is not known yet; at the end
 * "in 0:45" instead of the time left. text[LINE_BYTES]. */
static void progress_format_state(const struct run_progress *progress, double elapsed, bool last,
                                  char *text) {
    int64_t own = progress->done + progress->failed;
    int64_t finished = progress->before + own;
    double part = progress_part_done(progress);
    char duration[DURATION_BYTES];
    (void)snprintf(
        text, LINE_BYTES, "%lld/%lld %3d%%", (long long)finished, (long long)progress->total,
        (int)(100.0 * (double)finished / (double)(progress->total > 0 ? progress->total : 1)));
    if (own > 0 && elapsed > 0.0 && (last || elapsed > rate_after)) {
        double rate = (double)own / elapsed;
        progress_append(text, rate < 100.0 ? "  %.3g jobs/s" : "  %.0f jobs/s", rate);
    }
    if (last) {
        progress_append(text, "  in %s", duration_clock(elapsed, duration));
    } else if (part > 0.0 && elapsed > rate_after) {
        progress_append(text, "  %s left",
                        duration_clock(elapsed * fmax(0.0, 1.0 - part) / part, duration));
    }
    if (progress->failed > 0) {
        progress_append(text, "  %lld failed", (long long)progress->failed);
    }
}

/* "[####....] " of `columns` columns in all; nothing where that is too few. text[LINE_BYTES]. */
static void progress_format_bar(const struct run_progress *progress, int columns, char *text) {
    static const int frame = 3; /* brackets and the space after them */
    int width = columns - frame;
    text[0] = '\0';
    if (width < BAR_COLUMNS_MIN) {
        return;
    }
    width = width > BAR_COLUMNS_MAX ? BAR_COLUMNS_MAX : width;
    int64_t finished = progress->before + progress->done + progress->failed;
    int filled = (int)((double)width * (double)finished /
                       (double)(progress->total > 0 ? progress->total : 1));
    progress_append(text, "[");
    for (int k = 0; k < width; k++) {
        progress_append(text, "%c", k < filled ? '#' : '.');
    }
    progress_append(text, "] ");
}

/* Draws over the last picture, in one line: what is longer than that is cut, what is shorter than
 * the last is filled up. */
static void progress_draw_bar(struct progress_display *display, const struct run_progress *progress,
                              const char *state) {
    char line[2 * LINE_BYTES];
    char bar[LINE_BYTES];
    int columns = progress_terminal_columns(STDERR_FILENO);
    int room = (columns == 0 ? COLUMNS_USUAL : columns) - 1; /* the last column may wrap */
    progress_format_bar(progress, room - (int)strlen(state), bar);
    int length = snprintf(line, sizeof line, "%s%s", bar, state);
    length = length > room ? room : length;
    (void)fprintf(stderr, "\r%.*s%*s", length, line,
                  display->columns > length ? display->columns - length : 0, "");
    (void)fflush(stderr);
    display->columns = length;
}

static void progress_draw(struct progress_display *display, const struct run_progress *progress,
                          double now, bool last) {
    char state[LINE_BYTES];
    progress_format_state(progress, now - display->started, last, state);
    if (display->style == PROGRESS_BAR) {
        progress_draw_bar(display, progress, state);
    } else if (display->style == PROGRESS_LINES) {
        (void)fprintf(stderr, "%s\n", state);
    }
    display->shown = now;
}

static void progress_end(struct progress_display *display, const struct run_progress *progress) {
    if (progress->total == progress->before) {
        return;
    }
    progress_draw(display, progress, clock_seconds(), true);
    if (display->style == PROGRESS_BAR) {
        (void)fputc('\n', stderr);
    }
}

void progress_display_update(void *display, const struct run_progress *progress,
                             enum run_phase phase) {
    struct progress_display *own = display;
    double interval = own->style == PROGRESS_BAR ? bar_interval : line_interval;
    double now = clock_seconds();
    if (phase == RUN_BEGINS) {
        progress_begin(own);
    } else if (phase == RUN_ENDS) {
        progress_end(own, progress);
    } else if (now - own->shown >= interval) {
        progress_draw(own, progress, now, false);
    }
}
