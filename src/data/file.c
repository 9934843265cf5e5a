/*
 * Sources, and perhaps inputs, targets and weights of samples, from files. Samples of weight 0 are
 * dropped, sequences as a whole; the weights of the others are scaled to sum 1.
 */
#include "base/text.h"
#include "data/distinct_values.h"
#include "data/points_file.h"
#include "data/sources.h"
#include "data/weighting.h"
#include "parameter/file_reference.h"

#include <stdbool.h>

enum meaning { NUMBERS, LABELS };

static const char *const meanings[] = {[NUMBERS] = "numbers", [LABELS] = "labels", NULL};

struct file_settings {
    struct file_reference sources;
    struct file_reference inputs;  /* none: the sources */
    struct file_reference targets; /* none: the sources */
    struct file_reference weights; /* none: all equal */
    int sources_as;                /* of enum meaning */
    int64_t steps;                 /* of each sequence; 0: rows have no order */
};

enum { STEPS_MAX = 1 << 20 };

static enum status file_check_varies(const char *name, const struct points *points, size_t column,
                                     struct error *error) {
    double first = points->values[column];
    for (size_t n = 1; n < points->rows; n++) {
        if (points->values[n * points->columns + column] != first) {
            return STATUS_OK;
        }
    }
    char text[32];
    return error_set(error, STATUS_BAD_INPUT,
                     "%s: column %zu is %s in every sample: expected a source that varies", name,
                     column + 1, text_of_real(first, text));
}

static enum status file_check_labels(const char *name, const struct points *points,
                                     struct arena *arena, struct error *error) {
    struct distinct_values distinct;
    TRY(distinct_values_most(points, arena, &distinct, error));
    if (distinct.values < points->rows) {
        return STATUS_OK;
    }
    return error_set(error, STATUS_BAD_INPUT,
                     "%s: column %zu has no value twice: expected labels (or sources_as numbers)",
                     name, distinct.column + 1);
}

static enum status file_check_sources(const struct file_settings *settings,
                                      const struct points *points, struct arena *arena,
                                      struct error *error) {
    const char *name;
    TRY(file_reference_name(&settings->sources, arena, &name, error));
    if (points->columns < 2) {
        return error_set(error, STATUS_BAD_INPUT,
                         "%s has one column: expected at least two sources, a column each", name);
    }
    for (size_t j = 0; j < points->columns; j++) {
        TRY(file_check_varies(name, points, j, error));
    }
    return settings->sources_as == LABELS ? file_check_labels(name, points, arena, error)
                                          : STATUS_OK;
}

/* A job's hash covers what its files held when the sweep was read. */
static enum status file_check_unchanged(const struct file_settings *settings, struct error *error) {
    const struct {
        const char *name;
        const struct file_reference *file;
    } files[] = {{"sources", &settings->sources},
                 {"inputs", &settings->inputs},
                 {"targets", &settings->targets},
                 {"weights", &settings->weights}};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        TRY(error_at_parameter(digest_check(files[i].file->path, files[i].file->digest, error),
                               files[i].name, error));
    }
    return STATUS_OK;
}

/* Sequences are whole, so that row n is a step of sequence n / steps. */
static enum status file_check_sequences(const struct file_settings *settings,
                                        const struct points *sources, struct arena *arena,
                                        struct error *error) {
    size_t steps = (size_t)settings->steps;
    if (steps == 0 || sources->rows % steps == 0) {
        return STATUS_OK;
    }
    const char *name;
    TRY(file_reference_name(&settings->sources, arena, &name, error));
    return error_set(error, STATUS_BAD_INPUT,
                     "%s has %zu rows: expected sequences of %zu steps, one after the other", name,
                     sources->rows, steps);
}

static enum status file_check_equal_weights(const struct file_settings *settings,
                                            const double *weights, size_t rows, struct arena *arena,
                                            struct error *error) {
    size_t steps = (size_t)settings->steps;
    for (size_t n = 0; steps > 0 && n < rows; n++) {
        if (weights[n] == weights[n - n % steps]) {
            continue;
        }
        const char *name;
        TRY(file_reference_name(&settings->weights, arena, &name, error));
        return error_set(error, STATUS_BAD_INPUT,
                         "%s: samples %zu and %zu are of one sequence: expected the same weight "
                         "for each of its %zu steps",
                         name, n - n % steps + 1, n + 1, steps);
    }
    return STATUS_OK;
}

/* The tables of a data set, row by row. */
struct tables {
    struct points sources, inputs, targets;
    double *weights; /* of each row */
};

/* A table beside that of the sources, or the sources themselves where no file is given. */
static enum status file_read_beside(const struct file_settings *settings,
                                    const struct points *sources, const struct file_reference *file,
                                    struct arena *arena, struct points *points,
                                    struct error *error) {
    *points = *sources;
    if (file->path[0] == '\0') {
        return STATUS_OK;
    }
    TRY(points_file_read(file, arena, points, error));
    return points_same_rows(&settings->sources, sources, file, points, arena, error);
}

static void file_drop_unweighted(struct tables *tables) {
    struct points mass = {.rows = tables->sources.rows, .columns = 1, .values = tables->weights};
    if (tables->inputs.values != tables->sources.values) {
        points_drop_unweighted(&tables->inputs, tables->weights);
    }
    if (tables->targets.values != tables->sources.values) {
        points_drop_unweighted(&tables->targets, tables->weights);
    }
    points_drop_unweighted(&tables->sources, tables->weights);
    points_drop_unweighted(&mass, tables->weights);
}

static enum status file_read_tables(const struct file_settings *settings, struct arena *arena,
                                    struct tables *tables, struct error *error) {
    struct points *sources = &tables->sources;
    TRY(error_at_parameter(points_file_read(&settings->sources, arena, sources, error), "sources",
                           error));
    TRY(error_at_parameter(
        file_read_beside(settings, sources, &settings->inputs, arena, &tables->inputs, error),
        "inputs", error));
    TRY(error_at_parameter(
        file_read_beside(settings, sources, &settings->targets, arena, &tables->targets, error),
        "targets", error));
    TRY(error_at_parameter(sample_weights_read(&settings->weights, &settings->sources, sources,
                                               arena, &tables->weights, error),
                           "weights", error));
    TRY(error_at_parameter(file_check_sequences(settings, sources, arena, error), "sources",
                           error));
    TRY(error_at_parameter(
        file_check_equal_weights(settings, tables->weights, sources->rows, arena, error), "weights",
        error));
    file_drop_unweighted(tables);
    return STATUS_OK;
}

static enum status file_load(const struct file_settings *settings, struct arena *arena,
                             struct dataset *dataset, struct error *error) {
    struct tables tables;
    TRY(file_read_tables(settings, arena, &tables, error));
    TRY(error_at_parameter(file_check_sources(settings, &tables.sources, arena, error), "sources",
                           error));
    TRY(file_check_unchanged(settings, error));
    *dataset = (struct dataset){
        .size = {.samples = tables.sources.rows,
                 .steps = (size_t)settings->steps,
                 .sources = tables.sources.columns,
                 .inputs = tables.inputs.columns,
                 .targets = tables.targets.columns,
                 .labels = settings->sources_as == LABELS,
                 .own_targets = tables.targets.values != tables.inputs.values},
        .sources = tables.sources.values,
        .inputs = tables.inputs.values,
        .targets = tables.targets.values,
        .weights = tables.weights,
    };
    return STATUS_OK;
}

static enum status file_size(const void *data, struct dataset_size *result, struct error *error) {
    SCOPED(arena_free) struct arena arena = {0};
    struct dataset dataset;
    TRY(file_load(data, &arena, &dataset, error));
    *result = dataset.size;
    return STATUS_OK;
}

static enum status file_draw(const void *data, struct random_stream *stream, struct arena *arena,
                             struct dataset *dataset, struct error *error) {
    (void)stream;
    return file_load(data, arena, dataset, error);
}

static const struct parameter parameters[] = {
    {.type = PARAMETER_FILE,
     PARAMETER_FIELD(struct file_settings, sources),
     .flags = PARAMETER_SHAPES,
     .help = "table of sources, a row per sample: file.csv or file.h5:/path"},
    {.type = PARAMETER_FILE,
     PARAMETER_FIELD(struct file_settings, inputs),
     .fallback = "",
     .flags = PARAMETER_SHAPES,
     .help = "table of inputs, a row per sample (default: the sources)"},
    {.type = PARAMETER_FILE,
     PARAMETER_FIELD(struct file_settings, targets),
     .fallback = "",
     .flags = PARAMETER_SHAPES,
     .help = "table of targets, a row per sample (default: the sources)"},
    {.type = PARAMETER_FILE,
     PARAMETER_FIELD(struct file_settings, weights),
     .fallback = "",
     .flags = PARAMETER_SHAPES,
     .help = "one weight per sample, scaled to sum 1 (default: all equal)"},
    {.type = PARAMETER_CHOICE,
     PARAMETER_FIELD(struct file_settings, sources_as),
     .fallback = "numbers",
     .choices = meanings,
     .flags = PARAMETER_SHAPES,
     .help = "whether sources are numbers, or labels: few values, which scores can count"},
    {.type = PARAMETER_INTEGER,
     PARAMETER_FIELD(struct file_settings, steps),
     PARAMETER_RANGE(0, STEPS_MAX),
     .fallback = "0",
     .flags = PARAMETER_SHAPES,
     .help = "length of the sequences, which follow one another row by row; 0: no order"},
};

const struct distribution file_distribution = {
    .component = {.name = "file",
                  .help = "samples recorded or made elsewhere, from CSV or HDF5",
                  COMPONENT_PARAMETERS(parameters),
                  .settings_size = sizeof(struct file_settings)},
    .size = file_size,
    .draw = file_draw,
};
