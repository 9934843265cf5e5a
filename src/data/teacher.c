/*
 * A recurrent network of two tanh units whose hidden state follows points of a chosen
 * distribution: the square of independent ones, or one with corners cut off or diagonals made
 * stronger, as in Dorrell, Hsu et al. 2025.
 */
#include "base/text.h"
#include "data/invert_teacher.h"
#include "data/sources.h"

#include <math.h>
#include <stdbool.h>

enum change { INDEPENDENT, CORNER_CUT_BOTH, OVERSAMPLE_DIAGONAL, OVERSAMPLE_DIAGONALS };

static const char *const changes[] = {[INDEPENDENT] = "independent",
                                      [CORNER_CUT_BOTH] = "corner_cut_both",
                                      [OVERSAMPLE_DIAGONAL] = "oversample_diagonal",
                                      [OVERSAMPLE_DIAGONALS] = "oversample_diagonals",
                                      NULL};

struct teacher_settings {
    int change;
    double amount;
    double band;
    int64_t sequences;
    int64_t steps;
    double scale;
    int64_t chunk;
};

enum { UNITS = TEACHER_UNITS, CHUNK_MAX = 2048, STEPS_MAX = 1 << 16 };

/* Points lie in a square of side 1 around 0. */
static const double POINT_MAX = 0.5;

/* Points are drawn until one fits: one in 50 does in a band this narrow, or with corners cut this
 * far. */
static const double BAND_MIN = 0.01, CUT_MAX = 0.99;

static const double SCALE_MAX = 1e3;

static bool teacher_in_band(const double *point, double width, bool both) {
    return fabs(point[0] - point[1]) < width || (both && fabs(point[0] + point[1]) < width);
}

/* Uniform in the square, or in the part of it within `width` of the diagonal (or of both). */
static void teacher_draw_point(struct random_stream *stream, double width, bool both,
                               double *point) {
    do {
        point[0] = random_uniform(stream) - POINT_MAX;
        point[1] = random_uniform(stream) - POINT_MAX;
    } while (!teacher_in_band(point, width, both));
}

/* An unchanged distribution draws no random numbers but the points themselves. */
static void teacher_draw_changed(const struct teacher_settings *settings,
                                 struct random_stream *stream, double *point) {
    enum change change = (enum change)settings->change;
    double width = INFINITY;
    if (change == CORNER_CUT_BOTH) {
        width = 1 - settings->amount;
    } else if (settings->amount > 0 && random_uniform(stream) < settings->amount) {
        width = settings->band;
    }
    teacher_draw_point(stream, width, change == OVERSAMPLE_DIAGONALS, point);
}

static enum status teacher_size(const void *data, struct dataset_size *result,
                                struct error *error) {
    const struct teacher_settings *settings = data;
    (void)error;
    *result = sources_size((size_t)(settings->sequences * settings->steps), UNITS);
    result->steps = (size_t)settings->steps;
    result->own_targets = true;
    return STATUS_OK;
}

static enum status teacher_draw_dataset(const void *data, struct random_stream *stream,
                                        struct arena *arena, struct dataset *dataset,
                                        struct error *error) {
    const struct teacher_settings *settings = data;
    struct dataset_size shape;
    double *hidden;
    double *inputs;
    double *targets;
    struct sequences sequences = {(size_t)settings->sequences, (size_t)settings->steps,
                                  (size_t)settings->chunk};
    TRY(teacher_size(settings, &shape, error));
    TRY(ARENA_NEW(arena, hidden, shape.samples * UNITS, error));
    TRY(ARENA_NEW(arena, inputs, shape.samples * UNITS, error));
    TRY(ARENA_NEW(arena, targets, shape.samples * UNITS, error));
    struct teacher teacher = teacher_draw(stream);
    for (size_t n = 0; n < shape.samples; n++) {
        teacher_draw_changed(settings, stream, hidden + UNITS * n);
        for (size_t c = 0; c < UNITS; c++) {
            hidden[UNITS * n + c] *= settings->scale;
        }
    }
    TRY(teacher_invert(&teacher, &sequences, hidden, inputs, error));
    teacher_read_out(&teacher, settings->scale, shape.samples, hidden, targets);
    TRY(sources_dataset(hidden, shape, arena, dataset, error));
    dataset->inputs = inputs;
    dataset->targets = targets;
    return STATUS_OK;
}

/* What the amount should be instead; NULL where it fits. */
static const char *teacher_expected_amount(const struct teacher_settings *settings) {
    switch ((enum change)settings->change) {
    case INDEPENDENT:
        return settings->amount == 0 ? NULL : "none";
    case CORNER_CUT_BOTH:
        return settings->amount <= CUT_MAX ? NULL
                                           : "at most 0.99, since hardly anything would be left";
    case OVERSAMPLE_DIAGONAL:
    case OVERSAMPLE_DIAGONALS:
        break; /* a probability: the declared range suffices */
    }
    return NULL;
}

static enum status teacher_check(const void *data, struct error *error) {
    const struct teacher_settings *settings = data;
    char text[32];
    TRY(sources_check_amount(settings->amount, changes[settings->change],
                             teacher_expected_amount(settings), error));
    if (settings->scale * POINT_MAX >= 1) {
        return error_refuse(
            error, "scale",
            "%s makes hidden states of up to %.6g, and those of tanh units stay below "
            "1: expected less than 2",
            text_of_real(settings->scale, text), settings->scale * POINT_MAX);
    }
    if (settings->sequences > SAMPLES_MAX / settings->steps) {
        return error_refuse(error, "sequences",
                            "%lld sequences of %lld steps: expected at most 2^24 steps altogether",
                            (long long)settings->sequences, (long long)settings->steps);
    }
    return STATUS_OK;
}

static const struct parameter parameters[] = {
    {.type = PARAMETER_CHOICE,
     PARAMETER_FIELD(struct teacher_settings, change),
     .fallback = "independent",
     .choices = changes,
     .help = "none; two opposite corners cut off; or more points along one diagonal, or both"},
    {.type = PARAMETER_REAL,
     PARAMETER_FIELD(struct teacher_settings, amount),
     PARAMETER_RANGE(0, 1),
     .fallback = "0",
     .help = "corner_cut_both: side of the corners, up to 0.99; oversample_*: probability of a "
             "point from the band"},
    {.type = PARAMETER_REAL,
     PARAMETER_FIELD(struct teacher_settings, band),
     PARAMETER_RANGE(BAND_MIN, 1),
     .fallback = "0.1",
     .flags = PARAMETER_BELOW_MAXIMUM,
     .help = "oversample_*: largest difference of the two coordinates, in a square of side 1"},
    {.type = PARAMETER_INTEGER,
     PARAMETER_FIELD(struct teacher_settings, sequences),
     PARAMETER_RANGE(1, SAMPLES_MAX),
     .fallback = "10000",
     .flags = PARAMETER_SHAPES,
     .help = "number of sequences"},
    {.type = PARAMETER_INTEGER,
     PARAMETER_FIELD(struct teacher_settings, steps),
     PARAMETER_RANGE(1, STEPS_MAX),
     .fallback = "20",
     .flags = PARAMETER_SHAPES,
     .help = "length of each sequence"},
    {.type = PARAMETER_REAL,
     PARAMETER_FIELD(struct teacher_settings, scale),
     PARAMETER_RANGE(0, SCALE_MAX),
     .fallback = "0.7",
     .flags = PARAMETER_ABOVE_MINIMUM,
     .help = "side of the square that hidden states fill, below 2"},
    {.type = PARAMETER_INTEGER,
     PARAMETER_FIELD(struct teacher_settings, chunk),
     .unit = "sequences",
     PARAMETER_RANGE(1, CHUNK_MAX),
     .fallback = "196",
     .help = "sequences that exchange points with one another, so that inputs stay small"},
};

const struct distribution teacher_distribution = {
    .component = {.name = "teacher",
                  .help = "sequences that drive a recurrent network of two tanh units through "
                          "chosen hidden states",
                  COMPONENT_PARAMETERS(parameters),
                  .settings_size = sizeof(struct teacher_settings),
                  .check = teacher_check},
    .size = teacher_size,
    .draw = teacher_draw_dataset,
};
