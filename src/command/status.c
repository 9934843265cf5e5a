/* `modsweep status`: how far a sweep is, even during a run. */
#include "show/status_document.h"

#include "base/clock.h"
#include "command/common.h"
#include "document/writers.h"

#include <stdio.h>
#include <unistd.h>

struct status_settings {
    double watch; /* 0: once */
    bool json;
};

static const struct option options[] = {
    {OPTION(status_settings, watch, "watch", REAL, .unit = "s", .minimum = 0.1, .maximum = 86400,
            .help = "repeat at this interval while a run is active"),
     .retired = 'w', .argument = "SECONDS", .otherwise = "once"},
    OPTION_JSON(status_settings),
};

/* Reads and prints once. */
static enum status status_show(const char *path, bool json, bool *running, struct error *error) {
    SCOPED(arena_free) struct arena arena = {0};
    SCOPED(reader_release) struct results_reader *reader = NULL;
    struct document document = {.arena = &arena};
    struct status_report report;
    TRY(reader_open(path, &reader, error));
    TRY(status_read(reader, &report, error));
    TRY(status_document(&report, &document, error));
    *running = report.running;
    return document_print(&document, json, error);
}

static enum status status_run(const struct arguments *arguments, struct arena *arena,
                              struct error *error) {
    static const char *const clear = "\033[H\033[2J"; /* a terminal: home, then erase */
    const struct status_settings *settings = arguments->settings;
    const char *path = arguments->positional[0];
    bool running = false;
    (void)arena;
    TRY(status_show(path, settings->json, &running, error));
    while (running && settings->watch > 0) {
        (void)fflush(stdout);
        clock_sleep(settings->watch);
        if (isatty(STDOUT_FILENO)) {
            (void)fputs(clear, stdout);
        } else if (!settings->json) {
            (void)putchar('\n');
        }
        TRY(status_show(path, settings->json, &running, error));
    }
    return STATUS_OK;
}

const struct command status_command = {
    .name = "status",
    .synopsis = "FILE.h5",
    .help = "show how far a sweep is, even during a run",
    .details = "Reads every finished row and verifies its checksum. While a run is active,\n"
               "shows what its ranks do, from FILE.h5.live, which the run writes about every\n"
               "second. Works from any shell or node that sees the file.\n",
    COMMAND_OPTIONS(options, status_settings),
    .positional_minimum = 1,
    .positional_maximum = 1,
    .run = status_run,
};
