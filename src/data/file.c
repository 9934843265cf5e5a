/*
 * Sources, and perhaps targets and weights of samples, from files. Samples of weight 0 are
 * dropped; the weights of the others are scaled to sum 1.
 */
#include "base/text.h"
#include "data/sources.h"
#include "data/variety.h"
#include "data/weighting.h"

#include <stdbool.h>

enum meaning { NUMBERS, LABELS };

static const char *const meanings[] = {[NUMBERS] = "numbers", [LABELS] = "labels", NULL};

struct settings {
    struct file_reference sources;
    struct file_reference targets; /* none: the sources */
    struct file_reference weights; /* none: all equal */
    int sources_as;                /* of enum meaning */
};

static enum status check_varies(const char *name, const struct points *points, size_t column,
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

static enum status check_labels(const char *name, const struct points *points, struct arena *arena,
                                struct error *error) {
    struct variety variety;
    TRY(variety_of(points, arena, &variety, error));
    if (variety.values < points->rows) {
        return STATUS_OK;
    }
    return error_set(error, STATUS_BAD_INPUT,
                     "%s: column %zu has no value twice: expected labels (or sources_as numbers)",
                     name, variety.column + 1);
}

static enum status check_sources(const struct settings *settings, const struct points *points,
                                 struct arena *arena, struct error *error) {
    const char *name = points_name(&settings->sources, arena, error);
    if (name == NULL) {
        return error_status(error);
    }
    if (points->columns < 2) {
        return error_set(error, STATUS_BAD_INPUT,
                         "%s has one column: expected at least two sources, a column each", name);
    }
    for (size_t j = 0; j < points->columns; j++) {
        TRY(check_varies(name, points, j, error));
    }
    return settings->sources_as == LABELS ? check_labels(name, points, arena, error) : STATUS_OK;
}

/* A job is known by what its files held when the sweep was read. */
static enum status check_unchanged(const struct settings *settings, struct error *error) {
    TRY(digest_check(settings->sources.path, settings->sources.digest, error));
    TRY(digest_check(settings->targets.path, settings->targets.digest, error));
    return digest_check(settings->weights.path, settings->weights.digest, error);
}

static enum status load(const struct settings *settings, struct arena *arena,
                        struct dataset *dataset, struct error *error) {
    struct points sources;
    TRY(points_read(&settings->sources, arena, &sources, error));
    struct points targets = sources;
    bool own_targets = settings->targets.path[0] != '\0';
    if (own_targets) {
        TRY(points_read(&settings->targets, arena, &targets, error));
        TRY(points_same_rows(&settings->sources, &sources, &settings->targets, &targets, arena,
                             error));
    }
    double *weights;
    TRY(weights_read(&settings->weights, &settings->sources, &sources, arena, &weights, error));
    struct points mass = {.rows = sources.rows, .columns = 1, .values = weights};
    points_drop_unweighted(&sources, weights);
    if (own_targets) {
        points_drop_unweighted(&targets, weights);
    }
    points_drop_unweighted(&mass, weights);
    TRY(check_sources(settings, &sources, arena, error));
    TRY(check_unchanged(settings, error));
    *dataset = (struct dataset){
        .size = {.samples = sources.rows,
                 .sources = sources.columns,
                 .inputs = sources.columns,
                 .targets = targets.columns,
                 .labels = settings->sources_as == LABELS},
        .sources = sources.values,
        .inputs = sources.values,
        .targets = targets.values,
        .weights = weights,
    };
    return STATUS_OK;
}

static enum status size(const void *data, struct dataset_size *result, struct error *error) {
    struct arena arena = {0};
    struct dataset dataset = {0};
    enum status status = load(data, &arena, &dataset, error);
    *result = dataset.size;
    arena_free(&arena);
    return status;
}

static enum status draw(const void *data, struct random_stream *stream, struct arena *arena,
                        struct dataset *dataset, struct error *error) {
    (void)stream;
    return load(data, arena, dataset, error);
}

static const struct parameter parameters[] = {
    {.name = "sources",
     .type = PARAMETER_FILE,
     .offset = offsetof(struct settings, sources),
     .unit = "",
     .flags = PARAMETER_SHAPES,
     .help = "table of sources, a row per sample: file.csv or file.h5:/path"},
    {.name = "targets",
     .type = PARAMETER_FILE,
     .offset = offsetof(struct settings, targets),
     .unit = "",
     .fallback = "",
     .flags = PARAMETER_SHAPES,
     .help = "table of targets, a row per sample (default: the sources)"},
    {.name = "weights",
     .type = PARAMETER_FILE,
     .offset = offsetof(struct settings, weights),
     .unit = "",
     .fallback = "",
     .flags = PARAMETER_SHAPES,
     .help = "one weight per sample, scaled to sum 1 (default: all equal)"},
    {.name = "sources_as",
     .type = PARAMETER_CHOICE,
     .offset = offsetof(struct settings, sources_as),
     .unit = "",
     .fallback = "numbers",
     .choices = meanings,
     .flags = PARAMETER_SHAPES,
     .help = "what sources are: labels take few values, and scores may count them"},
};

extern const struct distribution file_distribution;
const struct distribution file_distribution = {
    .component = {.name = "file",
                  .help = "samples recorded or made elsewhere, from CSV or HDF5",
                  .parameters = parameters,
                  .parameter_count = sizeof parameters / sizeof *parameters,
                  .settings_size = sizeof(struct settings)},
    .size = size,
    .draw = draw,
};
