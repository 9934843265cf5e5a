/* `modsweep theory`: what is exact about a data set of the user's. */
#include "parameter/file_reference.h"
#include "plot/theory_plot.h"
#include "show/prescription.h"

#include "base/text.h"
#include "command/options.h"
#include "data/points_file.h"
#include "data/selection.h"
#include "data/weighting.h"
#include "kernel/kernel.h"
#include "theory/negativity.h"

#include <float.h>
#include <stdlib.h>
#include <string.h>

enum { LOSS_TERMS_MIN = 3, LOSS_TERMS_MAX = 4 };

static const char default_lambda[] = "0.01";

/* The user's points with their weights. */
struct table {
    const char *name;
    struct points points;
    double *weights; /* [points.rows] */
    size_t *rows;    /* [points.rows], where each sample stood in the file, from 0 */
};

/* A number above `least` (or equal to it, where `equal`), from a word of an option. */
static enum status theory_command_read_number(const char *option, const char *word, double least,
                                              bool equal, double *value, struct error *error) {
    if (!text_real(word, least, DBL_MAX, value) || (!equal && *value == least)) {
        return error_set(error, STATUS_BAD_INPUT, "--%s: '%s' is no number %s %g", option, word,
                         equal ? "from" : "above", least);
    }
    return STATUS_OK;
}

/* Numbers separated by commas, appended to numbers[*count]. */
static enum status theory_command_read_numbers(const char *option, const char *text, bool zero,
                                               size_t most, struct arena *arena, double *numbers,
                                               size_t *count, struct error *error) {
    char *rest = arena_string(arena, text, error);
    if (rest == NULL) {
        return error_status(error);
    }
    while (rest != NULL) {
        const char *word = strsep(&rest, ",");
        if (*count == most) {
            return error_set(error, STATUS_BAD_INPUT, "--%s: '%s' is one number too many", option,
                             word);
        }
        TRY(theory_command_read_number(option, word, 0.0, zero, &numbers[(*count)++], error));
    }
    return STATUS_OK;
}

static enum status theory_command_read_lambdas(const struct arguments *arguments,
                                               struct arena *arena, struct theory_report *report,
                                               struct error *error) {
    const char **texts;
    double *lambdas;
    size_t most = 1;
    TRY(ARENA_NEW(arena, texts, arguments->given_count + 1, error));
    size_t given = argument_values(arguments, "lambda", texts);
    if (given == 0) {
        texts[given++] = default_lambda;
    }
    for (size_t k = 0; k < given; k++) {
        most += strlen(texts[k]);
    }
    TRY(ARENA_NEW(arena, lambdas, most, error));
    for (size_t k = 0; k < given; k++) {
        TRY(theory_command_read_numbers("lambda", texts[k], false, most, arena, lambdas,
                                        &report->lambda_count, error));
    }
    report->lambdas = lambdas;
    return STATUS_OK;
}

/* --loss FIT,ACTIVITY,WEIGHTS[,WEIGHTS2], with the coefficients of a sweep. */
static enum status theory_command_read_loss(const struct arguments *arguments, size_t sources,
                                            struct arena *arena, struct theory_report *report,
                                            struct error *error) {
    const char *text = argument_value(arguments, "loss", NULL);
    double terms[LOSS_TERMS_MAX];
    size_t count = 0;
    struct costs *costs;
    if (text == NULL) {
        return STATUS_OK;
    }
    TRY(theory_command_read_numbers("loss", text, true, LOSS_TERMS_MAX, arena, terms, &count,
                                    error));
    if (count < LOSS_TERMS_MIN) {
        return error_set(error, STATUS_BAD_INPUT,
                         "--loss: expected FIT,ACTIVITY,WEIGHTS, and a fourth number where W2 has "
                         "a coefficient of its own");
    }
    TRY(ARENA_NEW(arena, costs, 1, error));
    *costs = (struct costs){.fit = terms[0] / (double)sources,
                            .activity = terms[1],
                            .weights_in = terms[2],
                            .weights_out = terms[count - 1]};
    if (!costs_are_bounded(costs)) {
        return error_set(error, STATUS_BAD_INPUT,
                         "--loss: no network is best: expected FIT and WEIGHTS above 0");
    }
    report->loss = costs;
    return STATUS_OK;
}

static enum status theory_command_check_size(const struct table *table, struct error *error) {
    if (table->points.rows < table->points.columns || table->points.rows < 2) {
        return error_set(error, STATUS_BAD_INPUT,
                         "%s has %zu sample%s of %zu source%s: expected at least as many samples "
                         "(rows of weight above 0) as sources (columns), and at least 2",
                         table->name, table->points.rows, table->points.rows == 1 ? "" : "s",
                         table->points.columns, table->points.columns == 1 ? "" : "s");
    }
    return STATUS_OK;
}

/* Which rows are left once those of weight 0 are dropped. */
static enum status theory_command_note_rows(struct table *table, struct arena *arena,
                                            struct error *error) {
    size_t kept = 0;
    TRY(ARENA_NEW(arena, table->rows, table->points.rows, error));
    for (size_t n = 0; n < table->points.rows; n++) {
        if (table->weights[n] > 0.0) {
            table->rows[kept++] = n;
        }
    }
    return STATUS_OK;
}

static enum status theory_command_read_table(const struct arguments *arguments, struct arena *arena,
                                             struct table *table, struct error *error) {
    struct file_reference file;
    struct file_reference weight_file;
    TRY(file_reference_split(arguments->positional[0], arena, &file, error));
    table->name = points_name(&file, arena, error);
    if (table->name == NULL) {
        return error_status(error);
    }
    TRY(points_file_read(&file, arena, &table->points, error));
    TRY(file_reference_split(argument_value(arguments, "weights", ""), arena, &weight_file, error));
    TRY(weights_read(&weight_file, &file, &table->points, arena, &table->weights, error));
    const char *columns = argument_value(arguments, "columns", NULL);
    if (columns != NULL) {
        TRY(points_select(columns, table->name, arena, &table->points, error));
    }
    TRY(theory_command_note_rows(table, arena, error));
    struct points mass = {.rows = table->points.rows, .columns = 1, .values = table->weights};
    points_drop_unweighted(&table->points, table->weights);
    points_drop_unweighted(&mass, table->weights);
    return theory_command_check_size(table, error);
}

static enum status theory_command_find_optima(const struct geometry *geometry, struct arena *arena,
                                              struct theory_report *report, struct error *error) {
    struct optimum *optima;
    struct optimum *penalised;
    TRY(ARENA_NEW(arena, optima, report->lambda_count, error));
    TRY(ARENA_NEW(arena, penalised, 1, error));
    for (size_t k = 0; k < report->lambda_count; k++) {
        struct costs costs = costs_of_lambda(report->lambdas[k]);
        TRY(optimum_find(geometry, &costs, 0, arena, &optima[k], error));
    }
    if (report->loss != NULL) {
        TRY(optimum_find(geometry, report->loss, 0, arena, penalised, error));
        TRY(negativity_sufficient(geometry, report->loss, penalised->energy, arena,
                                  &report->negativity, error));
    }
    report->optima = optima;
    report->penalised = penalised;
    return STATUS_OK;
}

static enum status theory_command_prescribe(const struct table *table, double tolerance,
                                            struct arena *arena, struct prescription *prescription,
                                            struct error *error) {
    const struct points *points = &table->points;
    *prescription = (struct prescription){.sources = points->columns,
                                          .names = points->names,
                                          .points = points->values,
                                          .rows = table->rows};
    TRY(additions_find(points->values, table->weights, points->rows, points->columns, tolerance,
                       arena, &prescription->additions, error));
    return removals_find(points->values, table->weights, points->rows, points->columns, tolerance,
                         arena, &prescription->removals, error);
}

static enum status theory_command_print(const struct arguments *arguments,
                                        const struct theory_report *report,
                                        const struct prescription *prescription,
                                        struct error *error) {
    if (!argument_given(arguments, "json")) {
        theory_print(report);
        if (prescription != NULL) {
            prescription_print(prescription);
        }
        return STATUS_OK;
    }
    struct json_object *root = json_object_new_object();
    if (root == NULL) {
        return error_set(error, STATUS_NO_MEMORY, "out of memory for JSON");
    }
    enum status status = theory_fill_json(report, root, error);
    if (status == STATUS_OK && prescription != NULL) {
        status = prescription_fill_json(prescription, root, error);
    }
    status = status == STATUS_OK ? json_write(root, true, stdout, error) : status;
    (void)json_object_put(root);
    return status;
}

static enum status theory_command_explain(const struct arguments *arguments, struct arena *arena,
                                          struct error *error) {
    struct table table;
    struct geometry geometry;
    struct margin margin;
    struct prescription prescription;
    bool prescribes = argument_given(arguments, "prescribe");
    struct theory_report report = {.tolerance = MARGIN_TOLERANCE, .negativity = NAN};
    const char *tolerance = argument_value(arguments, "tolerance", NULL);
    if (tolerance != NULL) {
        TRY(theory_command_read_number("tolerance", tolerance, 0.0, true, &report.tolerance,
                                       error));
    }
    TRY(theory_command_read_lambdas(arguments, arena, &report, error));
    TRY(theory_command_read_table(arguments, arena, &table, error));
    TRY(theory_command_read_loss(arguments, table.points.columns, arena, &report, error));
    const char *picture = argument_value(arguments, "plot", NULL);
    if (picture != NULL) {
        TRY(theory_plot_check(table.points.columns, picture, error));
    }
    if (geometry_make(table.points.values, table.weights, table.points.rows, table.points.columns,
                      arena, &geometry, error) != STATUS_OK) {
        return error_prefix(error, "%s", table.name);
    }
    TRY(margin_find(&geometry, report.tolerance, arena, &margin, error));
    report.name = table.name;
    report.names = table.points.names;
    report.geometry = &geometry;
    report.margin = &margin;
    TRY(theory_command_find_optima(&geometry, arena, &report, error));
    if (prescribes) {
        TRY(theory_command_prescribe(&table, report.tolerance, arena, &prescription, error));
    }
    if (picture != NULL) {
        TRY(theory_plot(&report, picture, error));
    }
    return theory_command_print(arguments, &report, prescribes ? &prescription : NULL, error);
}

static enum status theory_command_run(const struct arguments *arguments, struct error *error) {
    kernel_prepare(); /* one thread: the same bits as in a sweep */
    struct arena arena = {0};
    enum status status = theory_command_explain(arguments, &arena, error);
    arena_free(&arena);
    return status;
}

static const struct option_spec options[] = {
    {"lambda", 'l', "L,...", "price of squared weights over that of activity (default: 0.01)"},
    {"loss", 0, "F,A,W[,W2]",
     "also the least loss with these coefficients of fit, activity and weights"},
    {"weights", 'w', "POINTS", "a weight per sample (default: all equal)"},
    {"columns", 'c', "C,...", "which columns are sources: numbers, ranges, names (default: all)"},
    {"prescribe", 0, NULL,
     "also which samples to add to mixed data, or not to lose of modular data"},
    {"tolerance", 0, "T",
     "violations this small, for sources of range 1, are rounding (default: 1e-9)"},
    {"plot", 'p', "PICTURE",
     "also draw two sources, what they need and the neurons: FILE.svg or FILE.png"},
    {"json", 0, NULL, "print JSON"},
};

extern const struct command theory_command;
const struct command theory_command = {
    .name = "theory",
    .synopsis = "POINTS",
    .help = "what is optimal for your data: modular or mixed, and by how much",
    .details = "POINTS is a CSV file (a.csv) or a data set in an HDF5 file (a.h5:/path): a row\n"
               "per sample, a column per source. Shown are the margin of the condition for\n"
               "modularity and the direction that attains it (negative: mixed), and for each\n"
               "lambda the least of mean |z|^2 + lambda (|W_in|^2 + |W_out|^2) over linear\n"
               "autoencoders with nonnegative z of any number of neurons, what a modular one\n"
               "costs, and the optimal neurons. The gap is certified: no network is better by\n"
               "more than that.\n",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .positional_minimum = 1,
    .positional_maximum = 1,
    .run = theory_command_run,
};
