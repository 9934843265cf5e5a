/* `modsweep plot`: scores of a results file as a picture. */
#include "plot/heat_picture.h"
#include "plot/plot_compute.h"
#include "plot/plot_data.h"
#include "plot/plot_picture.h"

#include "base/text.h"
#include "command/command.h"
#include "command/names.h"
#include "command/output.h"
#include "document/writers.h"
#include "plot/gnuplot.h"
#include "show/cells.h"
#include "show/table.h"

#include <stdio.h>

enum plot_kind_option { KIND_LINE, KIND_SCATTER, KIND_THEORY, KIND_HEAT };

static const char *const kinds[] = {[KIND_LINE] = "line",
                                    [KIND_SCATTER] = "scatter",
                                    [KIND_THEORY] = "theory",
                                    [KIND_HEAT] = "heat",
                                    NULL};

struct plot_settings {
    int kind; /* enum plot_kind_option */
    const char *x, *origin, *title, *size, *output;
    struct texts y, colour, line, by;
    bool points, logx, csv;
};

static const struct option options[] = {
    {OPTION(plot_settings, kind, "kind", CHOICE, .fallback = "line", .choices = kinds,
            .help = "kind of picture, see below"),
     .letter = 'k', .argument = "KIND"},
    {OPTION(plot_settings, x, "x", TEXT, .help = "axis or score to plot along"), .letter = 'x',
     .argument = "NAME", .otherwise = "multiinformation, else the first axis of numbers"},
    {OPTION(plot_settings, y, "y", TEXTS, .help = "scores to plot, a panel each; heat: an axis"),
     .letter = 'y', .argument = "NAME,...", .otherwise = "the sweep's first"},
    {OPTION(plot_settings, colour, "colour", TEXTS,
            .help = "axes that colours show, as --line; heat: scores, a panel each"),
     .retired = 'c', .argument = "NAME,..."},
    {OPTION(plot_settings, line, "line", TEXTS, .help = "a line for each value of these axes"),
     .retired = 'l', .argument = "AXIS,...",
     .otherwise = "all axes but x, or but the one with most numbers"},
    {OPTION(plot_settings, origin, "origin", TEXT, .help = "cells with this value join every line"),
     .argument = "AXIS=VAL"},
    {OPTION(plot_settings, by, "by", TEXTS,
            .help = "axes that make cells, besides those above; '' is none"),
     .letter = 'b', .argument = "AXIS,...", .otherwise = "all that vary"},
    {OPTION(plot_settings, points, "points", FLAG, .help = "draw points alone, without lines"),
     .retired = 'p'},
    {OPTION(plot_settings, logx, "logx", FLAG, .help = "logarithmic scale along x")},
    {OPTION(plot_settings, title, "title", TEXT, .help = "title"), .retired = 't',
     .argument = "TEXT", .otherwise = "the sweep's name"},
    {OPTION(plot_settings, size, "size", TEXT,
            .help = "width and height in pixels (PNG: twice as many)"),
     .argument = "WxH"},
    {OPTION(plot_settings, output, "output", TEXT, .help = "FILE.svg or FILE.png"), .letter = 'o',
     .argument = "PICTURE", .otherwise = "the results' name with .svg"},
    {OPTION(plot_settings, csv, "csv", FLAG,
            .help = "print the points as comma-separated values and draw nothing")},
};

/* Reads a number of pixels at the beginning of *text, and moves *text behind it. */
static bool plot_read_side(const char **text, int *side) {
    int64_t value = 0;
    bool good = text_integer_from(text, PLOT_SIDE_MIN, PLOT_SIDE_MAX, &value);
    *side = (int)value;
    return good;
}

static enum status plot_read_size(const char *text, struct plot_style *style, struct error *error) {
    const char *rest = text;
    if (text == NULL || (plot_read_side(&rest, &style->width) && *rest++ == 'x' &&
                         plot_read_side(&rest, &style->height) && *rest == '\0')) {
        return STATUS_OK;
    }
    return error_set(error, STATUS_BAD_INPUT,
                     "--size: expected WIDTHxHEIGHT of %d to %d pixels, got '%s'", PLOT_SIDE_MIN,
                     PLOT_SIDE_MAX, text);
}

/* The picture's name; NULL for comma-separated values. */
static enum status plot_choose_output(const struct plot_settings *settings, const char *results,
                                      struct arena *arena, const char **output,
                                      struct error *error) {
    *output = settings->output;
    if (settings->csv) {
        return *output == NULL
                   ? STATUS_OK
                   : error_set(error, STATUS_BAD_INPUT, "--csv and --output exclude each other");
    }
    if (*output == NULL) {
        TRY(output_beside(results, ".svg", arena, output, error));
    }
    TRY(gnuplot_check(*output, error));
    return output_check(results, *output, "a picture", error);
}

/* What to show of an open file, and where; output is NULL for comma-separated values. */
struct task {
    const struct plot_settings *settings;
    const struct results_reader *reader;
    const char *output;
    struct plot_style style;
};

/* The summary goes to standard output unless the data do. */
static enum status plot_write_account(const struct task *task, const struct document *document,
                                      struct error *error) {
    return document_write(document, DOCUMENT_TEXT_FORM, task->output == NULL ? stderr : stdout,
                          error);
}

static enum status plot_draw_points(struct task *task, const struct plot *plot,
                                    struct document *document, struct error *error) {
    bool lines = plot->kind == PLOT_LINE;
    TRY(plot_picture(plot, &task->style, task->output, error));
    return document_line(document, NULL, error, "%s: %zu %s%s in %zu %s%s", task->output,
                         plot->cell_count, lines ? "cell" : "point",
                         plot->cell_count == 1 ? "" : "s", plot->line_count,
                         lines ? "line" : "colour", plot->line_count == 1 ? "" : "s");
}

static enum status plot_show_points(struct task *task, const struct plot_request *request,
                                    struct arena *arena, struct error *error) {
    SCOPED(plot_free) struct plot plot = {0};
    struct document document = {.arena = arena};
    TRY(plot_compute(task->reader, request, &plot, error));
    if (task->output != NULL) {
        TRY(plot_draw_points(task, &plot, &document, error));
    }
    TRY(plot_document(&plot, &document, error));
    if (task->output == NULL) {
        TRY(document_write(&document, DOCUMENT_CSV_FORM, stdout, error));
    }
    return plot_write_account(task, &document, error);
}

static enum status plot_take_points(struct task *task, struct arena *arena, struct error *error) {
    static const enum plot_kind point_kinds[] = {
        [KIND_LINE] = PLOT_LINE, [KIND_SCATTER] = PLOT_SCATTER, [KIND_THEORY] = PLOT_THEORY};
    const struct plot_settings *settings = task->settings;
    const bool coloured = settings->colour.values != NULL;
    struct texts y;
    struct texts line;
    struct texts by;
    if (coloured && settings->line.values != NULL) {
        return error_set(error, STATUS_BAD_INPUT, "--colour and --line exclude each other");
    }
    TRY(names_once("y", &settings->y, false, arena, &y, error));
    TRY(names_once(coloured ? "colour" : "line", coloured ? &settings->colour : &settings->line,
                   false, arena, &line, error));
    TRY(names_once("by", &settings->by, true, arena, &by, error));
    const struct plot_request request = {.kind = point_kinds[settings->kind],
                                         .x = settings->x,
                                         .scores = y.values,
                                         .score_count = y.count,
                                         .lines = line.values,
                                         .line_count = line.count,
                                         .keys = by.values,
                                         .key_count = by.count,
                                         .whole = names_none(&settings->by),
                                         .origin = settings->origin,
                                         .logarithmic = settings->logx,
                                         .apart = settings->points};
    return plot_show_points(task, &request, arena, error);
}

static enum status plot_draw_heat(struct task *task, const struct heat *heat,
                                  struct document *document, struct error *error) {
    TRY(heat_picture(heat, &task->style, task->output, error));
    return document_line(document, NULL, error, "%s: %zu x %zu cells of %s and %s", task->output,
                         heat->x.count, heat->y.count, heat->x.key->name, heat->y.key->name);
}

static enum status plot_show_heat(struct task *task, const struct heat_request *request,
                                  struct arena *arena, struct error *error) {
    SCOPED(heat_free) struct heat heat = {0};
    struct document document = {.arena = arena};
    TRY(heat_compute(task->reader, request, &heat, error));
    if (task->output != NULL) {
        TRY(plot_draw_heat(task, &heat, &document, error));
    } else {
        struct document rows = {.arena = arena};
        TRY(table_rows(&heat.table, &rows, error));
        TRY(document_write(&rows, DOCUMENT_CSV_FORM, stdout, error));
    }
    const char *account;
    TRY(heat_account(&heat, arena, &account, error));
    TRY(document_line(&document, NULL, error, "%s", account));
    TRY(cells_remarks(&heat.table, &document, error));
    return plot_write_account(task, &document, error);
}

/* The option of points that was given, or NULL. */
static const char *plot_option_of_points(const struct plot_settings *settings) {
    return settings->line.values != NULL ? "line"
           : settings->origin != NULL    ? "origin"
           : settings->by.values != NULL ? "by"
           : settings->points            ? "points"
           : settings->logx              ? "logx"
                                         : NULL;
}

static enum status plot_take_heat(struct task *task, struct arena *arena, struct error *error) {
    const struct plot_settings *settings = task->settings;
    const char *of_points = plot_option_of_points(settings);
    struct texts colour;
    if (of_points != NULL) {
        return error_set(error, STATUS_BAD_INPUT,
                         "--%s has no meaning for --kind heat, which takes --x, --y and --colour",
                         of_points);
    }
    if (settings->y.count > 1) {
        return error_set(error, STATUS_BAD_INPUT, "--y: --kind heat takes one axis, got %zu names",
                         settings->y.count);
    }
    TRY(names_once("colour", &settings->colour, false, arena, &colour, error));
    const struct heat_request request = {.x = settings->x,
                                         .y = settings->y.count == 0 ? NULL : settings->y.values[0],
                                         .scores = colour.values,
                                         .score_count = colour.count};
    return plot_show_heat(task, &request, arena, error);
}

static enum status plot_run(const struct arguments *arguments, struct arena *arena,
                            struct error *error) {
    const struct plot_settings *settings = arguments->settings;
    const char *results = arguments->positional[0];
    SCOPED(reader_release) struct results_reader *reader = NULL;
    struct task task = {.settings = settings};
    TRY(plot_read_size(settings->size, &task.style, error));
    TRY(plot_choose_output(settings, results, arena, &task.output, error));
    TRY(reader_open(results, &reader, error));
    task.reader = reader;
    task.style.title = settings->title == NULL ? reader->name : settings->title;
    return settings->kind == KIND_HEAT ? plot_take_heat(&task, arena, error)
                                       : plot_take_points(&task, arena, error);
}

const struct command plot_command = {
    .name = "plot",
    .synopsis = "FILE.h5",
    .help = "draw scores against an axis or another score",
    .details = "Kinds of pictures:\n"
               "  line     A point is a cell of the grid: the mean over its jobs that are done,\n"
               "           in a band of ± sample standard deviation. Points with equal values\n"
               "           of the --line axes are joined in the order of x.\n"
               "  scatter  A point is a job.\n"
               "  theory   A point is a job, and x is what the theory predicts for its data:\n"
               "           predicted_angle, margin, price or least_loss.\n"
               "  heat     Means over two axes of the grid, as colours.\n"
               "Jobs that are missing, diverged or quarantined never enter a mean; a line\n"
               "below the picture counts them. Pictures need gnuplot.\n"
               "\n"
               "example: modsweep plot figure_2.h5 --x multiinformation --y linear_cinfom \\\n"
               "             --line data.change --origin data.change=independent\n",
    COMMAND_OPTIONS(options, plot_settings),
    .positional_minimum = 1,
    .positional_maximum = 1,
    .run = plot_run,
};
