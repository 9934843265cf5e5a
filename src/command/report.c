/* `modsweep report`: a results file as a page of HTML. */
#include "report/report.h"

#include "command/options.h"
#include "command/output.h"

#include <stdio.h>
#include <sys/stat.h>

static const struct option_spec options[] = {
    {"output", 'o', "PAGE.html", "the page (default: the results' name with .html)"},
};

/* The page takes the place of what has its name: only another page may go. */
static enum status report_command_check_output(const char *results, const char *output,
                                               struct error *error) {
    struct stat about_results;
    struct stat about_output;
    if (stat(results, &about_results) == 0 && stat(output, &about_output) == 0 &&
        about_results.st_dev == about_output.st_dev &&
        about_results.st_ino == about_output.st_ino) {
        return error_set(error, STATUS_BAD_INPUT,
                         "'%s' is the results file; a page must not replace it", output);
    }
    if (lstat(output, &about_output) == 0 && !S_ISREG(about_output.st_mode)) {
        return error_set(error, STATUS_BAD_INPUT, "'%s' is %s, which a page must not replace",
                         output,
                         S_ISDIR(about_output.st_mode)   ? "a folder"
                         : S_ISLNK(about_output.st_mode) ? "a link"
                                                         : "no regular file");
    }
    return STATUS_OK;
}

static enum status report_command_run_in(struct arena *arena, const struct arguments *arguments,
                                         struct error *error) {
    const char *results = arguments->positional[0];
    const char *output = argument_value(arguments, "output", NULL);
    struct results_reader *reader;
    output = output == NULL ? output_beside(results, ".html", arena, error) : output;
    if (output == NULL) {
        return error_status(error);
    }
    TRY(report_command_check_output(results, output, error));
    TRY(reader_open(results, &reader, error));
    enum status status = report_write(reader, output, error);
    reader_close(reader);
    if (status == STATUS_OK) {
        printf("%s\n", output);
    }
    return status;
}

static enum status report_command_run(const struct arguments *arguments, struct error *error) {
    struct arena arena = {0};
    enum status status = report_command_run_in(&arena, arguments, error);
    arena_free(&arena);
    return status;
}

const struct command report_command = {
    .name = "report",
    .synopsis = "FILE.h5",
    .help = "write all that a results file tells as one page of HTML",
    .details = "The page has the sweep, scores and their distributions, figures, means along\n"
               "each axis and cell by cell, failures, timings and provenance. It needs no\n"
               "network and no other file, and can be printed. gnuplot draws the figures;\n"
               "without it the page says so in their place. Works while a run writes the file.\n",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .positional_minimum = 1,
    .positional_maximum = 1,
    .run = report_command_run,
};
