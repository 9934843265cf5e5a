/* `modsweep report`: a results file as a page of HTML. */
#include "report/report.h"

#include "command/command.h"
#include "command/output.h"

#include <stdio.h>
#include <sys/stat.h>

struct report_settings {
    const char *output;
};

static const struct option options[] = {
    {OPTION(report_settings, output, "output", TEXT, .help = "the page"), .letter = 'o',
     .argument = "PAGE.html", .otherwise = "the results' name with .html"},
};

/* The page replaces a file of its name, which must be a regular one and not the results. */
static enum status report_check_output(const char *results, const char *output,
                                       struct error *error) {
    struct stat about_output;
    TRY(output_check(results, output, "a page", error));
    if (lstat(output, &about_output) == 0 && !S_ISREG(about_output.st_mode)) {
        return error_set(error, STATUS_BAD_INPUT, "'%s' is %s, which a page must not replace",
                         output,
                         S_ISDIR(about_output.st_mode)   ? "a folder"
                         : S_ISLNK(about_output.st_mode) ? "a link"
                                                         : "not a regular file");
    }
    return STATUS_OK;
}

static enum status report_run(const struct arguments *arguments, struct arena *arena,
                              struct error *error) {
    const struct report_settings *settings = arguments->settings;
    const char *results = arguments->positional[0];
    const char *output = settings->output;
    SCOPED(reader_release) struct results_reader *reader = NULL;
    if (output == NULL) {
        TRY(output_beside(results, ".html", arena, &output, error));
    }
    TRY(report_check_output(results, output, error));
    TRY(reader_open(results, &reader, error));
    TRY(report_write(reader, output, error));
    printf("%s\n", output);
    return STATUS_OK;
}

const struct command report_command = {
    .name = "report",
    .synopsis = "FILE.h5",
    .help = "write everything in a results file as one page of HTML",
    .details = "The page shows the sweep, scores and their distributions, figures, means along\n"
               "each axis and cell by cell, failures, timings and provenance. It needs no\n"
               "network and no other file, and can be printed. gnuplot draws the figures;\n"
               "without it the page says so in their place. You can make a report while a run\n"
               "writes the file.\n",
    COMMAND_OPTIONS(options, report_settings),
    .positional_minimum = 1,
    .positional_maximum = 1,
    .run = report_run,
};
