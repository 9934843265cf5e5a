/* `modsweep plot`: scores of a results file as a picture. */
#include "plot/heat_picture.h"
#include "plot/plot_compute.h"
#include "plot/plot_data.h"
#include "plot/plot_picture.h"

#include "base/text.h"
#include "command/options.h"
#include "command/output.h"
#include "document/writers.h"
#include "plot/gnuplot.h"
#include "show/cells.h"
#include "show/table.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static const struct option_spec options[] = {
    {"kind", 'k', "KIND", "line (default), scatter, heat or theory, see below"},
    {"x", 'x', "NAME",
     "axis or score to plot along (default: multiinformation, else the first axis of numbers)"},
    {"y", 'y', "NAME,...",
     "scores to plot, a panel each (default: the sweep's first); heat: an axis"},
    {"colour", 'c', "NAME,...", "axes that colours tell, as --line; heat: scores, a panel each"},
    {"line", 'l', "AXIS,...",
     "a line for each value of these (default: all axes but x, or but that of most numbers)"},
    {"origin", 0, "AXIS=VAL", "cells with this value join every line"},
    {"by", 'b', "AXIS,...",
     "axes that make cells, besides the above (default: all that vary); '' is none"},
    {"points", 'p', NULL, "points alone, not joined to lines"},
    {"logx", 0, NULL, "logarithmic scale along x"},
    {"title", 't', "TEXT", "title (default: the sweep's name)"},
    {"size", 0, "WxH", "width and height in pixels (PNG: twice as many)"},
    {"output", 'o', "PICTURE", "FILE.svg or FILE.png (default: the results' name with .svg)"},
    {"csv", 0, NULL, "print the points as comma-separated values, and draw nothing"},
};

/* Kinds of pictures; the first ones are of points. */
static const char *const kinds[] = {
    [PLOT_LINE] = "line", [PLOT_SCATTER] = "scatter", [PLOT_THEORY] = "theory", "heat"};
enum { KIND_COUNT = sizeof kinds / sizeof *kinds, KIND_HEAT = KIND_COUNT - 1 };

/* A number of pixels at the beginning of *text, which goes on after it. */
static bool plot_command_read_side(const char **text, int *side) {
    int64_t value = 0;
    bool good = text_integer_from(text, PLOT_SIDE_MIN, PLOT_SIDE_MAX, &value);
    *side = (int)value;
    return good;
}

static enum status plot_command_read_size(const char *text, struct plot_style *style,
                                          struct error *error) {
    const char *rest = text;
    if (text == NULL || (plot_command_read_side(&rest, &style->width) && *rest++ == 'x' &&
                         plot_command_read_side(&rest, &style->height) && *rest == '\0')) {
        return STATUS_OK;
    }
    return error_set(error, STATUS_BAD_INPUT,
                     "--size: expected WIDTHxHEIGHT of %d to %d pixels, got '%s'", PLOT_SIDE_MIN,
                     PLOT_SIDE_MAX, text);
}

static enum status plot_command_choose_output(const struct arguments *arguments,
                                              struct arena *arena, const char **output,
                                              struct error *error) {
    const char *results = arguments->positional[0];
    struct stat about_results;
    struct stat about_output;
    *output = argument_value(arguments, "output", NULL);
    if (*output == NULL) {
        *output = output_beside(results, ".svg", arena, error);
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

static enum status plot_command_read_kind(const struct arguments *arguments, size_t *kind,
                                          struct error *error) {
    const char *name = argument_value(arguments, "kind", kinds[PLOT_LINE]);
    for (*kind = 0; *kind < KIND_COUNT; (*kind)++) {
        if (strcmp(kinds[*kind], name) == 0) {
            return STATUS_OK;
        }
    }
    const char *nearest = text_nearest(name, kinds, KIND_COUNT);
    return nearest != NULL
               ? error_set(error, STATUS_BAD_INPUT, "unknown --kind '%s'; did you mean '%s'?", name,
                           nearest)
               : error_set(error, STATUS_BAD_INPUT,
                           "unknown --kind '%s': expected line, scatter, heat or theory", name);
}

/* What is to be shown of an open file, and where; output is NULL for comma-separated values. */
struct task {
    const struct arguments *arguments;
    const struct results_reader *reader;
    const char *output;
    struct plot_style style;
};

/* The names of an option, each once; an empty list is refused. */
static enum status plot_command_read_names(const struct arguments *arguments, const char *option,
                                           struct arena *arena, const char *const **names,
                                           size_t *count, struct error *error) {
    bool none;
    TRY(argument_names(arguments, option, arena, names, count, &none, error));
    return none ? error_set(error, STATUS_BAD_INPUT, "--%s: expected names, got none", option)
                : STATUS_OK;
}

static enum status plot_command_draw_points(struct task *task, const struct plot *plot,
                                            struct document *document, struct error *error) {
    bool lines = plot->kind == PLOT_LINE;
    task->style.title = argument_value(task->arguments, "title", plot->table.name);
    TRY(plot_picture(plot, &task->style, task->output, error));
    return document_line(document, NULL, error, "%s: %zu %s%s in %zu %s%s", task->output,
                         plot->cell_count, lines ? "cell" : "point",
                         plot->cell_count == 1 ? "" : "s", plot->line_count,
                         lines ? "line" : "colour", plot->line_count == 1 ? "" : "s");
}

static enum status plot_command_show_points(struct task *task, const struct plot_request *request,
                                            struct error *error) {
    SCOPED(plot_free) struct plot plot = {0};
    SCOPED(arena_free) struct arena arena = {0};
    struct document document = {.arena = &arena};
    TRY(plot_compute(task->reader, request, &plot, error));
    if (task->output != NULL) {
        TRY(plot_command_draw_points(task, &plot, &document, error));
    }
    TRY(plot_document(&plot, &document, error));
    if (task->output == NULL) { /* the data; what there is to say goes to standard error */
        TRY(document_write(&document, DOCUMENT_CSV_FORM, stdout, error));
    }
    return document_write(&document, DOCUMENT_TEXT_FORM, task->output == NULL ? stderr : stdout,
                          error);
}

static enum status plot_command_take_points(struct task *task, enum plot_kind kind,
                                            struct arena *arena, struct error *error) {
    const struct arguments *arguments = task->arguments;
    bool coloured = argument_given(arguments, "colour");
    struct plot_request request = {.kind = kind,
                                   .x = argument_value(arguments, "x", NULL),
                                   .origin = argument_value(arguments, "origin", NULL),
                                   .logarithmic = argument_given(arguments, "logx"),
                                   .apart = argument_given(arguments, "points")};
    if (coloured && argument_given(arguments, "line")) {
        return error_set(error, STATUS_BAD_INPUT, "--colour and --line exclude each other");
    }
    TRY(plot_command_read_names(arguments, "y", arena, &request.scores, &request.score_count,
                                error));
    TRY(plot_command_read_names(arguments, coloured ? "colour" : "line", arena, &request.lines,
                                &request.line_count, error));
    TRY(argument_names(arguments, "by", arena, &request.keys, &request.key_count, &request.whole,
                       error));
    return plot_command_show_points(task, &request, error);
}

static enum status plot_command_draw_heat(struct task *task, const struct heat *heat,
                                          struct document *document, struct error *error) {
    task->style.title = argument_value(task->arguments, "title", heat->table.name);
    TRY(heat_picture(heat, &task->style, task->output, error));
    return document_line(document, NULL, error, "%s: %zu x %zu cells of %s and %s", task->output,
                         heat->x.count, heat->y.count, heat->x.name, heat->y.name);
}

static enum status plot_command_show_heat(struct task *task, const struct heat_request *request,
                                          struct error *error) {
    SCOPED(heat_free) struct heat heat = {0};
    SCOPED(arena_free) struct arena arena = {0};
    struct document document = {.arena = &arena};
    TRY(heat_compute(task->reader, request, &heat, error));
    if (task->output != NULL) {
        TRY(plot_command_draw_heat(task, &heat, &document, error));
    } else {
        struct document rows = {.arena = &arena};
        TRY(table_rows(&heat.table, &rows, error));
        TRY(document_write(&rows, DOCUMENT_CSV_FORM, stdout, error));
    }
    const char *account;
    TRY(heat_account(&heat, &arena, &account, error));
    TRY(document_line(&document, NULL, error, "%s", account));
    TRY(cells_remarks(&heat.table, &document, error));
    return document_write(&document, DOCUMENT_TEXT_FORM, task->output == NULL ? stderr : stdout,
                          error);
}

static enum status plot_command_take_heat(struct task *task, struct arena *arena,
                                          struct error *error) {
    static const char *const of_points[] = {"line", "origin", "by", "points", "logx"};
    const struct arguments *arguments = task->arguments;
    struct heat_request request = {.x = argument_value(arguments, "x", NULL),
                                   .y = argument_value(arguments, "y", NULL)};
    for (size_t k = 0; k < sizeof of_points / sizeof *of_points; k++) {
        if (argument_given(arguments, of_points[k])) {
            return error_set(
                error, STATUS_BAD_INPUT,
                "--%s has no meaning for --kind heat, which takes --x, --y and --colour",
                of_points[k]);
        }
    }
    TRY(plot_command_read_names(arguments, "colour", arena, &request.scores, &request.score_count,
                                error));
    return plot_command_show_heat(task, &request, error);
}

static enum status plot_command_run_in(struct arena *arena, const struct arguments *arguments,
                                       struct error *error) {
    struct task task = {.arguments = arguments};
    struct results_reader *reader;
    size_t kind;
    TRY(plot_command_read_kind(arguments, &kind, error));
    TRY(plot_command_read_size(argument_value(arguments, "size", NULL), &task.style, error));
    if (!argument_given(arguments, "csv")) {
        TRY(plot_command_choose_output(arguments, arena, &task.output, error));
    } else if (argument_given(arguments, "output")) {
        return error_set(error, STATUS_BAD_INPUT, "--csv and --output exclude each other");
    }
    TRY(reader_open(arguments->positional[0], &reader, error));
    task.reader = reader;
    enum status status = kind == KIND_HEAT
                             ? plot_command_take_heat(&task, arena, error)
                             : plot_command_take_points(&task, (enum plot_kind)kind, arena, error);
    reader_close(reader);
    return status;
}

static enum status plot_command_run(const struct arguments *arguments, struct error *error) {
    struct arena arena = {0};
    enum status status = plot_command_run_in(&arena, arguments, error);
    arena_free(&arena);
    return status;
}

extern const struct command plot_command;
const struct command plot_command = {
    .name = "plot",
    .synopsis = "FILE.h5",
    .help = "draw scores against an axis or another score",
    .details = "Kinds of pictures:\n"
               "  line     A point is a cell of the grid: the mean over its jobs that are done,\n"
               "           in a band of ± sample standard deviation. Points of equal --line\n"
               "           axes are joined in the order of x.\n"
               "  scatter  A point is a job.\n"
               "  theory   So too; x is what the theory predicts for the job's data:\n"
               "           predicted_angle, margin, price or least_loss.\n"
               "  heat     Means over two axes of the grid, as colours.\n"
               "Jobs that are missing, diverged or quarantined are counted below the picture,\n"
               "never averaged. gnuplot draws.\n\n"
               "example: modsweep plot figure_2.h5 --x multiinformation --y linear_cinfom \\\n"
               "             --line data.change --origin data.change=independent\n",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .positional_minimum = 1,
    .positional_maximum = 1,
    .run = plot_command_run,
};
