/*
 * Sources on a regular grid: every combination of v values k/(v−1) per source, then changed. Sums
 * and amounts are compared in integers of 1/(v−1), so that an amount of 0.3 means 0.3.
 */
#include "data/sources.h"

#include <math.h>
#include <stdbool.h>

enum change { INDEPENDENT, CORNER, DIAGONAL_REMOVE, DIAGONAL_STRENGTHEN };

static const char *const changes[] = {"independent", "corner", "diagonal_remove",
                                      "diagonal_strengthen", NULL};

struct grid_settings {
    int64_t sources;
    int64_t values;
    int change;
    double amount;
};

/* An amount this close to a whole number of grid steps counts as that number. */
static const double STEP_TOLERANCE = 1e-6;

enum { GRID_POINTS_MAX = SAMPLES_MAX, GRID_SOURCES_MAX = 24 };

/* A walk over all points of the grid, last source fastest. */
struct walk {
    int64_t levels[GRID_SOURCES_MAX]; /* k of each source: its value is k/(v−1) */
    int64_t sum;
    bool ended;
};

static void grid_walk_on(struct walk *walk, const struct grid_settings *settings) {
    for (int64_t i = settings->sources; i-- > 0;) {
        if (walk->levels[i] + 1 < settings->values) {
            walk->levels[i]++;
            walk->sum++;
            return;
        }
        walk->sum -= walk->levels[i];
        walk->levels[i] = 0;
    }
    walk->ended = true;
}

static bool grid_on_diagonal(const struct walk *walk, const struct grid_settings *settings) {
    for (int64_t i = 1; i < settings->sources; i++) {
        if (walk->levels[i] != walk->levels[0]) {
            return false;
        }
    }
    return true;
}

static bool grid_is_kept(const struct walk *walk, const struct grid_settings *settings) {
    double steps = settings->amount * (double)(settings->values - 1);
    switch ((enum change)settings->change) {
    case CORNER:
        return (double)walk->sum >= steps - STEP_TOLERANCE;
    case DIAGONAL_REMOVE:
        return !grid_on_diagonal(walk, settings) ||
               (double)walk->levels[0] > steps + STEP_TOLERANCE;
    case INDEPENDENT:
    case DIAGONAL_STRENGTHEN:
        break;
    }
    return true;
}

static size_t grid_copies_of(const struct grid_settings *settings) {
    return settings->change == DIAGONAL_STRENGTHEN ? (size_t)settings->amount : 0;
}

static size_t grid_count_kept(const struct grid_settings *settings) {
    size_t count = 0;
    for (struct walk walk = {.ended = false}; !walk.ended; grid_walk_on(&walk, settings)) {
        count += grid_is_kept(&walk, settings);
    }
    return count;
}

static enum status grid_check_points(const struct grid_settings *settings, struct error *error) {
    double points = pow((double)settings->values, (double)settings->sources);
    if (points > GRID_POINTS_MAX) {
        return error_set(error, STATUS_BAD_INPUT,
                         "%lld values for each of %lld sources make %.3g points: expected at most "
                         "2^24",
                         (long long)settings->values, (long long)settings->sources, points);
    }
    return STATUS_OK;
}

static enum status grid_size(const void *data, struct dataset_size *result, struct error *error) {
    const struct grid_settings *settings = data;
    TRY(grid_check_points(settings, error));
    *result = sources_size(grid_count_kept(settings) + grid_copies_of(settings),
                           (size_t)settings->sources);
    result->labels = true;
    return STATUS_OK;
}

static enum status grid_draw(const void *data, struct random_stream *stream, struct arena *arena,
                             struct dataset *dataset, struct error *error) {
    const struct grid_settings *settings = data;
    struct dataset_size shape;
    TRY(grid_size(settings, &shape, error));
    double *sources;
    TRY(ARENA_NEW(arena, sources, shape.samples * shape.sources, error));
    double *next = sources;
    double steps = (double)(settings->values - 1);
    for (struct walk walk = {.ended = false}; !walk.ended; grid_walk_on(&walk, settings)) {
        for (size_t i = 0; i < shape.sources && grid_is_kept(&walk, settings); i++) {
            *next++ = (double)walk.levels[i] / steps;
        }
    }
    for (size_t copy = 0; copy < grid_copies_of(settings); copy++) {
        double value = (double)random_below(stream, (uint64_t)settings->values) / steps;
        for (size_t i = 0; i < shape.sources; i++) {
            *next++ = value;
        }
    }
    return sources_dataset(sources, shape, arena, dataset, error);
}

/* What the amount should be instead; NULL where it fits. */
static const char *grid_expected_amount(const struct grid_settings *settings) {
    double amount = settings->amount;
    switch ((enum change)settings->change) {
    case INDEPENDENT:
        return amount == 0 ? NULL : "none";
    case CORNER:
        return amount <= (double)settings->sources
                   ? NULL
                   : "at most the number of sources, since nothing would be left";
    case DIAGONAL_REMOVE:
        return amount <= 1 ? NULL : "a value between 0 and 1";
    case DIAGONAL_STRENGTHEN:
        return amount == floor(amount) && amount <= GRID_POINTS_MAX
                   ? NULL
                   : "a whole number of copies, at most 2^24";
    }
    return NULL;
}

static enum status grid_check(const void *data, struct error *error) {
    const struct grid_settings *settings = data;
    TRY(error_at_parameter(grid_check_points(settings, error), "values", error));
    const char *expected = grid_expected_amount(settings);
    if (expected == NULL && grid_count_kept(settings) == 0) {
        expected = "less, since nothing would be left";
    }
    return sources_check_amount(settings->amount, changes[settings->change], expected, error);
}

static const struct parameter parameters[] = {
    {.type = PARAMETER_INTEGER,
     PARAMETER_FIELD(struct grid_settings, sources),
     PARAMETER_RANGE(1, GRID_SOURCES_MAX),
     .fallback = "3",
     .flags = PARAMETER_SHAPES,
     .help = "number of sources"},
    {.type = PARAMETER_INTEGER,
     PARAMETER_FIELD(struct grid_settings, values),
     PARAMETER_RANGE(2, GRID_POINTS_MAX),
     .fallback = "21",
     .flags = PARAMETER_SHAPES,
     .help = "values of each source, equally spaced from 0 to 1"},
    {.type = PARAMETER_CHOICE,
     PARAMETER_FIELD(struct grid_settings, change),
     .fallback = "independent",
     .choices = changes,
     .flags = PARAMETER_SHAPES,
     .help = "change made to the full grid"},
    {.type = PARAMETER_REAL,
     PARAMETER_FIELD(struct grid_settings, amount),
     PARAMETER_RANGE(0, GRID_POINTS_MAX),
     .fallback = "0",
     .flags = PARAMETER_SHAPES,
     .help = "corner: smallest sum of values kept; diagonal_remove: largest value removed; "
             "diagonal_strengthen: points added to the diagonal"},
};

const struct distribution grid_distribution = {
    .component = {.name = "grid",
                  .help = "every combination of equally spaced values, with a corner or diagonal "
                          "changed",
                  COMPONENT_PARAMETERS(parameters),
                  .settings_size = sizeof(struct grid_settings),
                  .check = grid_check},
    .size = grid_size,
    .draw = grid_draw,
};
