/*
 * One sequence of two cosines, with impulses at the start of each period: the data of recurrent
 * networks in Dorrell, Hsu et al. 2025, whose published code draws frequencies in this way.
 */
#include "base/text.h"
#include "data/sources.h"

#include <math.h>

enum pair { NONE, IRRATIONAL, RATIONAL, HARMONIC };

static const char *const pairs[] = {[NONE] = "none",
                                    [IRRATIONAL] = "irrational",
                                    [RATIONAL] = "rational",
                                    [HARMONIC] = "harmonic",
                                    NULL};

enum task { LINEAR, RELU };

static const char *const tasks[] = {[LINEAR] = "linear", [RELU] = "relu", NULL};

struct oscillation_settings {
    struct reals frequencies; /* radians per unit of time; none: drawn as `pair` says */
    int pair;
    int task;
    int64_t steps;
    double time_step;
    double separation;
};

enum {
    SOURCES = 2,
    STEPS_MAX = 1 << 20,
    INTEGERS = 19, /* of rational and harmonic pairs: 1 … 19, radians per unit of time */
};

/* Radians per unit of time. Pairs are drawn until they differ by more; at this limit one draw in 40
 * is kept of irrational pairs, and more of the others. */
static const double SEPARATION_MAX = 8;

static const double PI = 3.14159265358979323846;
static const double FREQUENCY_MAX = 1e6; /* radians per unit of time */
static const double TIME_STEP_MAX = 1e3; /* units of time */

/* Irrational: π times a uniform number, and the root of one. */
static const double FIRST_MIN = 0.5, FIRST_MAX = 4;
static const double SECOND_MIN = 1, SECOND_MAX = 100;

/* A period this close to a whole number of steps counts as that number. */
static const double STEP_TOLERANCE = 1e-9;

static double oscillation_uniform_between(struct random_stream *stream, double least, double most) {
    return least + (most - least) * random_uniform(stream);
}

static double oscillation_draw_integer(struct random_stream *stream) {
    return (double)(1 + random_below(stream, INTEGERS));
}

static void oscillation_draw_two(enum pair pair, struct random_stream *stream,
                                 double two[static SOURCES]) {
    if (pair == IRRATIONAL) {
        two[0] = PI * oscillation_uniform_between(stream, FIRST_MIN, FIRST_MAX);
        two[1] = sqrt(oscillation_uniform_between(stream, SECOND_MIN, SECOND_MAX));
    } else {
        two[0] = oscillation_draw_integer(stream);
        two[1] = oscillation_draw_integer(stream);
    }
}

static bool oscillation_is_wanted(const struct oscillation_settings *settings,
                                  const double two[static SOURCES]) {
    double high = fmax(two[0], two[1]);
    double low = fmin(two[0], two[1]);
    bool multiple = fmod(high, low) == 0;
    if (high - low <= settings->separation) {
        return false;
    }
    switch ((enum pair)settings->pair) {
    case RATIONAL:
        return !multiple;
    case HARMONIC:
        return multiple;
    case NONE:
    case IRRATIONAL:
        break;
    }
    return true;
}

/* The linear task keeps the order drawn or given; the other puts the higher first. */
static void oscillation_choose_frequencies(const struct oscillation_settings *settings,
                                           struct random_stream *stream,
                                           double two[static SOURCES]) {
    if (settings->pair == NONE) {
        two[0] = settings->frequencies.values[0];
        two[1] = settings->frequencies.values[1];
    } else {
        do {
            oscillation_draw_two((enum pair)settings->pair, stream, two);
        } while (!oscillation_is_wanted(settings, two));
    }
    if (settings->task == RELU && two[0] < two[1]) {
        double high = two[1];
        two[1] = two[0];
        two[0] = high;
    }
}

static enum status oscillation_size(const void *data, struct dataset_size *result,
                                    struct error *error) {
    const struct oscillation_settings *settings = data;
    (void)error;
    *result = sources_size((size_t)settings->steps, SOURCES);
    result->steps = (size_t)settings->steps;
    result->periodic = true;
    result->own_targets = true;
    return STATUS_OK;
}

/* Writes 1 at the step in which each period begins, into a column of zeros. */
static void oscillation_add_impulses(const struct oscillation_settings *settings, double frequency,
                                     double *column) {
    double period = 2 * PI / (frequency * settings->time_step); /* in steps */
    double step = 0;
    for (int64_t n = 1; step < (double)settings->steps; n++) {
        column[SOURCES * (size_t)step] = 1;
        step = floor((double)n * period + STEP_TOLERANCE);
    }
}

static void oscillation_fill(const struct oscillation_settings *settings, const double *frequencies,
                             double *inputs, double *sources) {
    double high = frequencies[0];
    double low = frequencies[1];
    bool mixed = settings->task == RELU;
    oscillation_add_impulses(settings, mixed ? (high + low) / 2 : high, inputs);
    oscillation_add_impulses(settings, mixed ? (high - low) / 2 : low, inputs + 1);
    for (size_t t = 0; t < (size_t)settings->steps; t++) {
        double time = (double)t * settings->time_step;
        sources[SOURCES * t] = cos(high * time);
        sources[SOURCES * t + 1] = cos(low * time);
    }
}

static enum status oscillation_draw(const void *data, struct random_stream *stream,
                                    struct arena *arena, struct dataset *dataset,
                                    struct error *error) {
    const struct oscillation_settings *settings = data;
    struct dataset_size shape;
    double *frequencies;
    double *inputs;
    double *sources;
    TRY(oscillation_size(settings, &shape, error));
    TRY(ARENA_NEW(arena, frequencies, SOURCES, error));
    TRY(ARENA_NEW(arena, inputs, shape.samples * SOURCES, error));
    TRY(ARENA_NEW(arena, sources, shape.samples * SOURCES, error));
    oscillation_choose_frequencies(settings, stream, frequencies);
    oscillation_fill(settings, frequencies, inputs, sources);
    TRY(sources_dataset(sources, shape, arena, dataset, error));
    dataset->inputs = inputs;
    dataset->frequencies = frequencies;
    dataset->time_step = settings->time_step;
    return STATUS_OK;
}

/* A cosine must turn by less than half a period in a step. */
static double oscillation_resolved_below(const struct oscillation_settings *settings) {
    return PI / settings->time_step;
}

static enum status oscillation_check_frequencies(const struct oscillation_settings *settings,
                                                 struct error *error) {
    const struct reals *given = &settings->frequencies;
    char text[32];
    if (given->count != SOURCES) {
        return error_set(error, STATUS_BAD_INPUT, "expected two frequencies, got %zu",
                         given->count);
    }
    if (given->values[0] == given->values[1]) {
        return error_set(error, STATUS_BAD_INPUT, "%s twice: expected two different frequencies",
                         text_of_real(given->values[0], text));
    }
    for (size_t i = 0; i < SOURCES; i++) {
        if (given->values[i] >= oscillation_resolved_below(settings)) {
            return error_set(error, STATUS_BAD_INPUT,
                             "%s radians per unit of time is too fast for steps of "
                             "%.6g: expected less than %.6g",
                             text_of_real(given->values[i], text), settings->time_step,
                             oscillation_resolved_below(settings));
        }
    }
    return STATUS_OK;
}

static enum status oscillation_check_time_step(const struct oscillation_settings *settings,
                                               struct error *error) {
    double most = settings->pair == IRRATIONAL ? PI * FIRST_MAX : INTEGERS;
    char text[32];
    if (most < oscillation_resolved_below(settings)) {
        return STATUS_OK;
    }
    return error_set(error, STATUS_BAD_INPUT,
                     "%s is too long for pair %s, of up to %.6g radians per unit of time: expected "
                     "less than %.6g",
                     text_of_real(settings->time_step, text), pairs[settings->pair], most,
                     PI / most);
}

static enum status oscillation_check(const void *data, struct error *error) {
    const struct oscillation_settings *settings = data;
    bool given = settings->frequencies.count > 0;
    if (settings->pair == NONE && !given) {
        return error_refuse(error, "pair",
                            "none: expected irrational, rational or harmonic, or two frequencies");
    }
    if (settings->pair != NONE && given) {
        return error_refuse(error, "frequencies",
                            "pair %s draws its own: expected frequencies or a pair, not both",
                            pairs[settings->pair]);
    }
    return given ? error_at_parameter(oscillation_check_frequencies(settings, error), "frequencies",
                                      error)
                 : error_at_parameter(oscillation_check_time_step(settings, error), "time_step",
                                      error);
}

static const struct parameter parameters[] = {
    {.type = PARAMETER_REALS,
     PARAMETER_FIELD(struct oscillation_settings, frequencies),
     .unit = "radians per unit of time",
     PARAMETER_RANGE(0, FREQUENCY_MAX),
     .fallback = "[]",
     .flags = PARAMETER_ABOVE_MINIMUM,
     .help = "of the two cosines, below pi/time_step; if not given, drawn as pair says"},
    {.type = PARAMETER_CHOICE,
     PARAMETER_FIELD(struct oscillation_settings, pair),
     .fallback = "none",
     .choices = pairs,
     .help = "how frequencies are drawn; irrational: pi times a number, and the square root of "
             "another; rational, harmonic: integers up to 19, the larger not a multiple, or a "
             "multiple, of the smaller"},
    {.type = PARAMETER_CHOICE,
     PARAMETER_FIELD(struct oscillation_settings, task),
     .fallback = "linear",
     .choices = tasks,
     .help = "linear: impulses at the period of each cosine; relu: impulses at the periods of half "
             "the sum and half the difference of the frequencies"},
    {.type = PARAMETER_INTEGER,
     PARAMETER_FIELD(struct oscillation_settings, steps),
     PARAMETER_RANGE(2, STEPS_MAX),
     .fallback = "200",
     .flags = PARAMETER_SHAPES,
     .help = "length of the sequence"},
    {.type = PARAMETER_REAL,
     PARAMETER_FIELD(struct oscillation_settings, time_step),
     .unit = "units of time",
     PARAMETER_RANGE(0, TIME_STEP_MAX),
     .fallback = "0.1",
     .flags = PARAMETER_ABOVE_MINIMUM,
     .help = "time between two steps"},
    {.type = PARAMETER_REAL,
     PARAMETER_FIELD(struct oscillation_settings, separation),
     .unit = "radians per unit of time",
     PARAMETER_RANGE(0, SEPARATION_MAX),
     .fallback = "1",
     .help = "drawn frequencies differ by more than this; the paper uses 1, and 2 for relu"},
};

const struct distribution oscillation_distribution = {
    .component = {.name = "oscillation",
                  .help = "a sequence of two cosines, driven by impulses at their periods",
                  COMPONENT_PARAMETERS(parameters),
                  .settings_size = sizeof(struct oscillation_settings),
                  .check = oscillation_check},
    .size = oscillation_size,
    .draw = oscillation_draw,
};
