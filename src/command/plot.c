/* `modsweep plot`: scores of a results file as a picture. */
#include "show/plot_picture.h"

#include "base/text.h"
#include "command/options.h"
#include "show/gnuplot.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define RESULTS_ENDING ".h5"

enum { DECIMAL = 10 };

static const struct option_spec options[] = {
    {"x", 'x', "NAME",
     "axis or score to plot along (default: multiinformation, else the first axis of numbers)"},
    {"y", 'y', "NAME,...", "scores to plot, a panel each (default: the sweep's first)"},
    {"line", 'l', "AXIS,...",
     "a line for each value of these (default: all axes but x, or but that of most numbers)"},
    {"origin", 0, "AXIS=VAL", "cells with this value join every line"},
    {"by", 'b', "AXIS,...", "axes that make cells, besides the above (default: all that vary)"},
    {"points", 'p', NULL, "points alone, not joined to lines"},
    {"logx", 0, NULL, "logarithmic scale along x"},
    {"title", 't', "TEXT", "title (default: the sweep's name)"},
    {"size", 0, "WxH", "width and height in pixels (PNG: twice as many)"},
    {"output", 'o', "PICTURE", "FILE.svg or FILE.png (default: the results' name with .svg)"},
    {"csv", 0, NULL, "print the points as comma-separated values, and draw nothing"},
};

/* A number of pixels at the beginning of *text, which goes on after it. */
static bool read_side(const char **text, int *side) {
    char *end = NULL;
    long value = strtol(*text, &end, DECIMAL);
    bool good =
        isdigit((unsigned char)**text) && value >= PLOT_SIDE_LEAST && value <= PLOT_SIDE_MOST;
    *side = good ? (int)value : 0;
    *text = end;
    return good;
}

static enum status read_size(const char *text, struct plot_style *style, struct error *error) {
    const char *rest = text;
    if (text == NULL || (read_side(&rest, &style->width) && *rest++ == 'x' &&
                         read_side(&rest, &style->height) && *rest == '\0')) {
        return STATUS_OK;
    }
    return error_set(error, STATUS_BAD_INPUT,
                     "--size: expected WIDTHxHEIGHT of %d to %d pixels, got '%s'", PLOT_SIDE_LEAST,
                     PLOT_SIDE_MOST, text);
}

/* results.h5 gives results.svg. */
static const char *default_output(const char *results, struct arena *arena, struct error *error) {
    size_t ending = text_ends_with(results, RESULTS_ENDING) ? strlen(RESULTS_ENDING) : 0;
    return arena_format(arena, error, "%.*s.svg", (int)(strlen(results) - ending), results);
}

static enum status choose_output(const struct arguments *arguments, struct arena *arena,
                                 const char **output, struct error *error) {
    const char *results = arguments->positional[0];
    struct stat about_results;
    struct stat about_output;
    *output = argument_value(arguments, "output", NULL);
    if (*output == NULL) {
        *output = default_output(results, arena, error);
    }
    if (*output == NULL) {
        return error_status(error);
    }
    TRY(gnuplot_check(*output, error));
    if (stat(results, &about_results) == 0 && stat(*output, &about_output) == 0 &&
        about_results.st_dev == about_output.st_dev &&
        about_results.st_ino == about_output.st_ino) {
        return error_set(error, STATUS_BAD_INPUT,
                         "'%s' is the results file; a picture must not replace it", *output);
    }
    return STATUS_OK;
}

static enum status draw(const struct arguments *arguments, const struct plot *plot,
                        const char *output, struct error *error) {
    struct plot_style style = {.title = argument_value(arguments, "title", plot->table.name)};
    TRY(read_size(argument_value(arguments, "size", NULL), &style, error));
    TRY(plot_picture(plot, &style, output, error));
    printf("%s: %zu cells in %zu line%s\n", output, plot->cell_count, plot->line_count,
           plot->line_count == 1 ? "" : "s");
    return plot_print_account(plot, stdout, error);
}

static enum status show(const struct arguments *arguments, const struct results_reader *reader,
                        const char *output, struct arena *arena, struct error *error) {
    struct plot plot;
    struct plot_request request = {.x = argument_value(arguments, "x", NULL),
                                   .origin = argument_value(arguments, "origin", NULL),
                                   .logarithmic = argument_given(arguments, "logx"),
                                   .apart = argument_given(arguments, "points")};
    TRY(argument_list(arguments, "y", arena, &request.scores, &request.score_count, error));
    TRY(argument_list(arguments, "line", arena, &request.lines, &request.line_count, error));
    TRY(argument_list(arguments, "by", arena, &request.keys, &request.key_count, error));
    enum status status = plot_compute(reader, &request, &plot, error);
    if (status == STATUS_OK && output == NULL) {
        status = plot_print_csv(&plot, error);
        status = status == STATUS_OK ? plot_print_account(&plot, stderr, error) : status;
    } else if (status == STATUS_OK) {
        status = draw(arguments, &plot, output, error);
    }
    plot_free(&plot);
    return status;
}

static enum status run_in(struct arena *arena, const struct arguments *arguments,
                          struct error *error) {
    const char *output = NULL;
    struct results_reader *reader;
    if (!argument_given(arguments, "csv")) {
        TRY(choose_output(arguments, arena, &output, error));
    } else if (argument_given(arguments, "output")) {
        return error_set(error, STATUS_BAD_INPUT, "--csv and --output exclude each other");
    }
    TRY(reader_open(arguments->positional[0], &reader, error));
    enum status status = show(arguments, reader, output, arena, error);
    reader_close(reader);
    return status;
}

static enum status run(const struct arguments *arguments, struct error *error) {
    struct arena arena = {0};
    enum status status = run_in(&arena, arguments, error);
    arena_free(&arena);
    return status;
}

extern const struct command plot_command;
const struct command plot_command = {
    .name = "plot",
    .synopsis = "FILE.h5",
    .help = "draw scores against an axis or another score",
    .details = "A point is a cell of the grid: the mean over its jobs that are done, in a band\n"
               "of ± sample standard deviation. Points of equal --line axes are joined in the\n"
               "order of x. Jobs that are missing, diverged or quarantined are counted below\n"
               "the picture, never averaged. gnuplot draws.\n\n"
               "example: modsweep plot figure_2.h5 --x multiinformation --y linear_cinfom \\\n"
               "             --line data.change --origin data.change=independent\n",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .positional_minimum = 1,
    .positional_maximum = 1,
    .run = run,
};
