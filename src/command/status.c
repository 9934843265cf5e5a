/* `modsweep status`: how far a sweep is, also while it runs. */
#include "show/status_document.h"

#include "base/clock.h"
#include "base/text.h"
#include "command/options.h"
#include "document/writers.h"

#include <stdio.h>
#include <unistd.h>

static const struct option_spec options[] = {
    {"watch", 'w', "SECONDS",
     "show it again and again, so many seconds apart, until no run goes on"},
    {"json", 0, NULL, "print JSON"},
};

/* Reads and prints once. */
static enum status status_command_show(const struct arguments *arguments, bool *running,
                                       struct error *error) {
    SCOPED(arena_free) struct arena arena = {0};
    SCOPED(reader_release) struct results_reader *reader = NULL;
    struct document document = {.arena = &arena};
    struct status_report report;
    const bool json = argument_given(arguments, "json");
    *running = false;
    TRY(reader_open(arguments->positional[0], &reader, error));
    TRY(status_read(reader, &report, error));
    TRY(status_document(&report, &document, error));
    TRY(document_write(&document, json ? DOCUMENT_JSON_FORM : DOCUMENT_TEXT_FORM, stdout, error));
    *running = report.running;
    return STATUS_OK;
}

/* 0 without --watch. */
static enum status status_command_read_period(const struct arguments *arguments, double *seconds,
                                              struct error *error) {
    static const double shortest = 0.1, longest = 86400;
    const char *text = argument_value(arguments, "watch", NULL);
    *seconds = 0;
    return text == NULL || text_real(text, shortest, longest, seconds)
               ? STATUS_OK
               : error_set(error, STATUS_BAD_INPUT, "--watch takes %g to %g seconds, not '%s'",
                           shortest, longest, text);
}

static enum status status_command_run(const struct arguments *arguments, struct error *error) {
    static const char *const clear = "\033[H\033[2J"; /* of a terminal: home, and erase */
    double seconds;
    bool running = false;
    TRY(status_command_read_period(arguments, &seconds, error));
    TRY(status_command_show(arguments, &running, error));
    while (running && seconds > 0) {
        (void)fflush(stdout);
        clock_sleep(seconds);
        if (isatty(STDOUT_FILENO)) {
            (void)fputs(clear, stdout);
        } else if (!argument_given(arguments, "json")) {
            (void)putchar('\n');
        }
        TRY(status_command_show(arguments, &running, error));
    }
    return STATUS_OK;
}

const struct command status_command = {
    .name = "status",
    .synopsis = "FILE.h5",
    .help = "show how far a sweep is, also while it runs",
    .details = "Reads every finished row and checks it against its checksum, and what the run\n"
               "says of its ranks (FILE.h5.live, written about every second). Any shell or node\n"
               "that sees the file may ask.\n",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .positional_minimum = 1,
    .positional_maximum = 1,
    .run = status_command_run,
};
