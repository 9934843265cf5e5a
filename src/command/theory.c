/* `modsweep theory`: the exact theory for the user's own points. */
#include "show/theory.h"
#include "parameter/file_reference.h"
#include "plot/theory_plot.h"
#include "show/prescription.h"

#include "command/common.h"
#include "data/points_file.h"
#include "data/selection.h"
#include "data/weighting.h"
#include "document/writers.h"
#include "theory/negativity.h"

#include <math.h>

enum { LOSS_TERMS_MIN = 3, LOSS_TERMS_MAX = 4 };

struct theory_settings {
    struct reals lambda;
    struct reals loss; /* of fit, activity, weights and, if they differ, weights of W2 */
    struct file_reference weights;
    const char *columns, *plot;
    double tolerance;
    bool prescribe, json;
};

static const struct option options[] = {
    {OPTION(theory_settings, lambda, "lambda", REALS, .minimum = 0, .maximum = HUGE_VAL,
            .flags = PARAMETER_ABOVE_MINIMUM | PARAMETER_REPEATED, .fallback = "0.01",
            .help = "price of squared weights over that of activity"),
     .letter = 'l', .argument = "L,..."},
    {OPTION(theory_settings, loss, "loss", REALS, .minimum = 0, .maximum = HUGE_VAL,
            .help = "also the least loss with these coefficients of fit, activity and weights"),
     .argument = "F,A,W[,W2]"},
    OPTION_WEIGHTS(theory_settings),
    {OPTION(theory_settings, columns, "columns", TEXT,
            .help = "columns that are sources: numbers, ranges, names"),
     .letter = 'c', .argument = "C,...", .otherwise = "all"},
    {OPTION(theory_settings, prescribe, "prescribe", FLAG,
            .help = "also the samples to add to mixed data, or to keep in modular data")},
    {OPTION(theory_settings, tolerance, "tolerance", REAL, .minimum = 0, .maximum = HUGE_VAL,
            .fallback = "1e-9",
            .help = "take violations this small, for sources of range 1, for rounding errors"),
     .argument = "T"},
    {OPTION(theory_settings, plot, "plot", TEXT,
            .help = "also draw two sources, what they need and the neurons: FILE.svg or FILE.png"),
     .retired = 'p', .argument = "PICTURE"},
    OPTION_JSON(theory_settings),
};

/* The user's points with their weights. */
struct table {
    const char *name;
    struct points points;
    double *weights; /* [points.rows] */
    size_t *rows;    /* [points.rows], the number of each sample in the file, from 0 */
};

/* --loss, with the coefficients of a sweep. */
static enum status theory_read_loss(const struct reals *terms, size_t sources, struct arena *arena,
                                    struct theory_report *report, struct error *error) {
    struct costs *costs;
    if (terms->count == 0) {
        return STATUS_OK;
    }
    if (terms->count < LOSS_TERMS_MIN || terms->count > LOSS_TERMS_MAX) {
        return error_set(error, STATUS_BAD_INPUT,
                         "--loss: expected FIT,ACTIVITY,WEIGHTS, and a fourth number where W2 has "
                         "a coefficient of its own; got %zu number%s",
                         terms->count, terms->count == 1 ? "" : "s");
    }
    TRY(ARENA_NEW(arena, costs, 1, error));
    *costs = (struct costs){.fit = terms->values[0] / (double)sources,
                            .activity = terms->values[1],
                            .weights_in = terms->values[2],
                            .weights_out = terms->values[terms->count - 1]};
    if (!costs_are_bounded(costs)) {
        return error_set(error, STATUS_BAD_INPUT,
                         "--loss: no network is best: expected FIT and WEIGHTS above 0");
    }
    report->loss = costs;
    return STATUS_OK;
}

static enum status theory_check_size(const struct table *table, struct error *error) {
    if (table->points.rows < table->points.columns || table->points.rows < 2) {
        return error_set(error, STATUS_BAD_INPUT,
                         "%s has %zu sample%s of %zu source%s: expected at least as many samples "
                         "(rows of weight above 0) as sources (columns), and at least 2",
                         table->name, table->points.rows, table->points.rows == 1 ? "" : "s",
                         table->points.columns, table->points.columns == 1 ? "" : "s");
    }
    return STATUS_OK;
}

/* Notes which rows are left when those of weight 0 are dropped. */
static enum status theory_note_rows(struct table *table, struct arena *arena, struct error *error) {
    size_t kept = 0;
    TRY(ARENA_NEW(arena, table->rows, table->points.rows, error));
    for (size_t n = 0; n < table->points.rows; n++) {
        if (table->weights[n] > 0.0) {
            table->rows[kept++] = n;
        }
    }
    return STATUS_OK;
}

static enum status theory_name_sources(struct points *points, struct arena *arena,
                                       struct error *error) {
    TRY(ARENA_NEW(arena, points->names, points->columns, error));
    for (size_t j = 0; j < points->columns; j++) {
        TRY(arena_printf(arena, &points->names[j], error, "source %zu", j + 1));
    }
    return STATUS_OK;
}

static enum status theory_read_table(const struct theory_settings *settings, const char *path,
                                     struct arena *arena, struct table *table,
                                     struct error *error) {
    struct file_reference file;
    TRY(file_reference_split(path, arena, &file, error));
    TRY(file_reference_name(&file, arena, &table->name, error));
    TRY(points_file_read(&file, arena, &table->points, error));
    TRY(sample_weights_read(&settings->weights, &file, &table->points, arena, &table->weights,
                            error));
    if (settings->columns != NULL) {
        TRY(points_select(settings->columns, table->name, arena, &table->points, error));
    }
    if (table->points.names == NULL) {
        TRY(theory_name_sources(&table->points, arena, error));
    }
    TRY(theory_note_rows(table, arena, error));
    struct points mass = {.rows = table->points.rows, .columns = 1, .values = table->weights};
    points_drop_unweighted(&table->points, table->weights);
    points_drop_unweighted(&mass, table->weights);
    return theory_check_size(table, error);
}

static enum status theory_find_optima(const struct geometry *geometry, struct arena *arena,
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

static enum status theory_prescribe(const struct table *table, double tolerance,
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

static enum status theory_run(const struct arguments *arguments, struct arena *arena,
                              struct error *error) {
    const struct theory_settings *settings = arguments->settings;
    struct table table = {0};
    struct geometry geometry;
    struct margin margin;
    struct prescription prescription;
    struct document document = {.arena = arena};
    struct theory_report report = {.tolerance = settings->tolerance,
                                   .negativity = NAN,
                                   .lambdas = settings->lambda.values,
                                   .lambda_count = settings->lambda.count,
                                   .geometry = &geometry,
                                   .margin = &margin};
    TRY(theory_read_table(settings, arguments->positional[0], arena, &table, error));
    report.name = table.name;
    report.names = table.points.names;
    TRY(theory_read_loss(&settings->loss, table.points.columns, arena, &report, error));
    if (settings->plot != NULL) {
        TRY(theory_plot_check(table.points.columns, settings->plot, error));
    }
    if (geometry_make(table.points.values, table.weights, table.points.rows, table.points.columns,
                      arena, &geometry, error) != STATUS_OK) {
        return error_prefix(error, "%s", table.name);
    }
    TRY(margin_find(&geometry, report.tolerance, arena, &margin, error));
    TRY(theory_find_optima(&geometry, arena, &report, error));
    if (settings->prescribe) {
        TRY(theory_prescribe(&table, report.tolerance, arena, &prescription, error));
    }
    if (settings->plot != NULL) {
        TRY(theory_plot(&report, settings->plot, error));
    }
    TRY(theory_document(&report, &document, error));
    if (settings->prescribe) {
        TRY(prescription_document(&prescription, &document, error));
    }
    return document_print(&document, settings->json, error);
}

const struct command theory_command = {
    .name = "theory",
    .synopsis = "POINTS",
    .help = "compute what is optimal for your data: modular or mixed",
    .details = "POINTS is a CSV file (a.csv) or a data set in an HDF5 file (a.h5:/path) with a\n"
               "row per sample and a column per source. The output has the margin of the\n"
               "condition for modularity and the direction that attains it (negative: mixed).\n"
               "For each lambda it has the least of mean |z|^2 + lambda (|W_in|^2 + |W_out|^2)\n"
               "over linear autoencoders with nonnegative z and any number of neurons, the\n"
               "cost of a modular one, and the optimal neurons. The gap is certified: no\n"
               "network is better by more than that.\n",
    COMMAND_OPTIONS(options, theory_settings),
    .positional_minimum = 1,
    .positional_maximum = 1,
    .run = theory_run,
};
