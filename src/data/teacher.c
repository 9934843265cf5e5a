/*
 * A recurrent network of two tanh units whose hidden state follows points of a chosen
 * distribution: the inputs that make it do so are found by inverting it. Points are exchanged
 * between sequences so that these inputs stay small, as in the published code of Dorrell, Hsu et
 * al. 2025.
 */
#include "base/text.h"
#include "data/assignment.h"
#include "data/sources.h"

#include <math.h>
#include <string.h>

enum change { INDEPENDENT, CORNER_CUT_BOTH, OVERSAMPLE_DIAGONAL, OVERSAMPLE_DIAGONALS };

static const char *const changes[] = {[INDEPENDENT] = "independent",
                                      [CORNER_CUT_BOTH] = "corner_cut_both",
                                      [OVERSAMPLE_DIAGONAL] = "oversample_diagonal",
                                      [OVERSAMPLE_DIAGONALS] = "oversample_diagonals",
                                      NULL};

struct settings {
    int change;
    double amount;
    double band;
    int64_t sequences;
    int64_t steps;
    double scale;
    int64_t chunk;
};

enum { UNITS = 2, CHUNK_MOST = 2048, STEPS_MOST = 1 << 16 };

/* So near to 0 a point has no direction to speak of. */
static const double DISC_HOLE = 1e-6;

/* Points lie in a square of side 1 around 0. */
static const double POINT_MOST = 0.5;

/* Points are drawn again until they fit. Of a band this narrow, or of what is left of corners cut
 * so far, one in 50 does. */
static const double BAND_LEAST = 0.01, CUT_MOST = 0.99;

static const double SCALE_MOST = 1e3;

struct matrix {
    double at[UNITS][UNITS];
};

struct teacher {
    struct matrix recurrent, input, output;
};

/* Uniform over all rotations and reflections. The direction is that of a point in a disc, since
 * square roots, unlike cosines, are the same to the last bit everywhere. */
static struct matrix draw_orthogonal(struct random_stream *stream) {
    double side = random_below(stream, 2) == 0 ? 1 : -1;
    double x;
    double y;
    double square;
    do {
        x = 2 * random_uniform(stream) - 1;
        y = 2 * random_uniform(stream) - 1;
        square = x * x + y * y;
    } while (square > 1 || square < DISC_HOLE);
    x /= sqrt(square);
    y /= sqrt(square);
    return (struct matrix){{{x, -side * y}, {y, side * x}}};
}

static void multiply(const struct matrix *matrix, const double *vector, double *product) {
    for (int i = 0; i < UNITS; i++) {
        product[i] = matrix->at[i][0] * vector[0] + matrix->at[i][1] * vector[1];
    }
}

/* Of an orthogonal matrix the transpose is the inverse. */
static void multiply_inverse(const struct matrix *matrix, const double *vector, double *product) {
    for (int i = 0; i < UNITS; i++) {
        product[i] = matrix->at[0][i] * vector[0] + matrix->at[1][i] * vector[1];
    }
}

static bool in_band(const double *point, double width, bool both) {
    return fabs(point[0] - point[1]) < width || (both && fabs(point[0] + point[1]) < width);
}

/* Uniform in the square, or in the part of it within `width` of the diagonal (or of both). */
static void draw_point(struct random_stream *stream, double width, bool both, double *point) {
    do {
        point[0] = random_uniform(stream) - POINT_MOST;
        point[1] = random_uniform(stream) - POINT_MOST;
    } while (!in_band(point, width, both));
}

/* Nothing is drawn beside the points where nothing is changed. */
static void draw_changed(const struct settings *settings, struct random_stream *stream,
                         double *point) {
    enum change change = (enum change)settings->change;
    double width = INFINITY;
    if (change == CORNER_CUT_BOTH) {
        width = 1 - settings->amount;
    } else if (settings->amount > 0 && random_uniform(stream) < settings->amount) {
        width = settings->band;
    }
    draw_point(stream, width, change == OVERSAMPLE_DIAGONALS, point);
}

static struct teacher draw_teacher(struct random_stream *stream) {
    struct teacher teacher;
    teacher.recurrent = draw_orthogonal(stream);
    teacher.input = draw_orthogonal(stream);
    teacher.output = draw_orthogonal(stream);
    return teacher;
}

static enum status size(const void *data, struct dataset_size *result, struct error *error) {
    const struct settings *settings = data;
    (void)error;
    *result = sources_size((size_t)(settings->sequences * settings->steps), UNITS);
    result->steps = (size_t)settings->steps;
    result->own_targets = true;
    return STATUS_OK;
}

/* Consecutive sequences that exchange points, step after step. */
struct chunk {
    const struct teacher *teacher;
    size_t count, steps;
    double *hidden; /* [count][steps][UNITS] */
    double *inputs; /* likewise */
    double *given;  /* [count][UNITS] activation that the last step alone gives */
    double *wanted; /* [count][UNITS] activation that each point needs */
    double *points; /* [count][UNITS] as they were drawn */
    double *costs;  /* [count][count] */
    struct assignment assignment;
    size_t known;         /* rows of the last assignment, of whichever chunk; 0 before the first */
    double *known_given;  /* [known][UNITS] */
    double *known_prices; /* [known] */
};

/* Room for any chunk of up to `most` sequences. */
static enum status chunk_new(size_t most, struct arena *arena, struct chunk *chunk,
                             struct error *error) {
    TRY(ARENA_NEW(arena, chunk->given, most * UNITS, error));
    TRY(ARENA_NEW(arena, chunk->wanted, most * UNITS, error));
    TRY(ARENA_NEW(arena, chunk->points, most * UNITS, error));
    TRY(ARENA_NEW(arena, chunk->costs, most * most, error));
    TRY(ARENA_NEW(arena, chunk->known_given, most * UNITS, error));
    TRY(ARENA_NEW(arena, chunk->known_prices, most, error));
    return assignment_new(most, arena, &chunk->assignment, error);
}

static size_t place_of(const struct chunk *chunk, size_t sequence, size_t step) {
    return UNITS * (sequence * chunk->steps + step);
}

static void read_step(struct chunk *chunk, size_t step) {
    for (size_t i = 0; i < chunk->count; i++) {
        const double *hidden = chunk->hidden + place_of(chunk, i, step);
        for (size_t c = 0; c < UNITS; c++) {
            chunk->points[UNITS * i + c] = hidden[c];
            chunk->wanted[UNITS * i + c] = atanh(hidden[c]);
            chunk->given[UNITS * i + c] = 0;
        }
        if (step > 0) {
            multiply(&chunk->teacher->recurrent, hidden - UNITS, chunk->given + UNITS * i);
        }
    }
}

/* Squared size of the input that leads from one activation to another. */
static double cost_of(const double *given, const double *wanted) {
    double x = wanted[0] - given[0];
    double y = wanted[1] - given[1];
    return x * x + y * y;
}

/* The largest prices that the rows of the last assignment would let these points have. All steps
 * have the same distributions, so that these are near the prices sought. */
static void guess_prices(struct chunk *chunk) {
    for (size_t j = 0; j < chunk->count; j++) {
        const double *wanted = chunk->wanted + UNITS * j;
        double price = INFINITY;
        for (size_t i = 0; i < chunk->known; i++) {
            double most = cost_of(chunk->known_given + UNITS * i, wanted) - chunk->known_prices[i];
            price = most < price ? most : price;
        }
        chunk->assignment.column_price[j] = price;
    }
}

static void price_inputs(struct chunk *chunk) {
    for (size_t i = 0; i < chunk->count; i++) {
        double *costs = chunk->costs + chunk->count * i;
        for (size_t j = 0; j < chunk->count; j++) {
            costs[j] = cost_of(chunk->given + UNITS * i, chunk->wanted + UNITS * j);
        }
    }
}

static void exchange(struct chunk *chunk) {
    chunk->assignment.size = chunk->count;
    price_inputs(chunk);
    if (chunk->known == 0) {
        assignment_solve(chunk->costs, &chunk->assignment);
    } else {
        guess_prices(chunk);
        assignment_solve_from_prices(chunk->costs, &chunk->assignment);
    }
    chunk->known = chunk->count;
    memcpy(chunk->known_given, chunk->given, chunk->count * UNITS * sizeof *chunk->given);
    memcpy(chunk->known_prices, chunk->assignment.row_price,
           chunk->count * sizeof *chunk->known_prices);
}

static void write_step(const struct chunk *chunk, size_t step, bool exchanged) {
    for (size_t i = 0; i < chunk->count; i++) {
        size_t from = exchanged ? (size_t)chunk->assignment.column[i] : i;
        size_t to = place_of(chunk, i, step);
        double missing[UNITS];
        for (size_t c = 0; c < UNITS; c++) {
            chunk->hidden[to + c] = chunk->points[UNITS * from + c];
            missing[c] = chunk->wanted[UNITS * from + c] - chunk->given[UNITS * i + c];
        }
        multiply_inverse(&chunk->teacher->input, missing, chunk->inputs + to);
    }
}

/* Before the first step all sequences are alike, so that nothing is won by exchanging points. */
static void drive(struct chunk *chunk) {
    for (size_t step = 0; step < chunk->steps; step++) {
        read_step(chunk, step);
        if (step > 0) {
            exchange(chunk);
        }
        write_step(chunk, step, step > 0);
    }
}

/* Of all sequences, `chunk` after `chunk`; the last chunk has the rest. */
static enum status drive_all(const struct settings *settings, const struct teacher *teacher,
                             double *hidden, double *inputs, struct error *error) {
    size_t sequences = (size_t)settings->sequences;
    size_t most = (size_t)settings->chunk < sequences ? (size_t)settings->chunk : sequences;
    struct arena arena = {0};
    struct chunk chunk = {.teacher = teacher, .steps = (size_t)settings->steps};
    enum status status = chunk_new(most, &arena, &chunk, error);
    for (size_t first = 0; first < sequences && status == STATUS_OK; first += chunk.count) {
        chunk.count = sequences - first < most ? sequences - first : most;
        chunk.hidden = hidden + UNITS * first * chunk.steps;
        chunk.inputs = inputs + UNITS * first * chunk.steps;
        drive(&chunk);
    }
    arena_free(&arena);
    return status;
}

static void read_out(const struct settings *settings, const struct teacher *teacher, size_t samples,
                     const double *hidden, double *targets) {
    for (size_t n = 0; n < samples; n++) {
        multiply(&teacher->output, hidden + UNITS * n, targets + UNITS * n);
        for (size_t c = 0; c < UNITS; c++) {
            targets[UNITS * n + c] /= settings->scale;
        }
    }
}

static enum status draw(const void *data, struct random_stream *stream, struct arena *arena,
                        struct dataset *dataset, struct error *error) {
    const struct settings *settings = data;
    struct dataset_size shape;
    double *hidden;
    double *inputs;
    double *targets;
    TRY(size(settings, &shape, error));
    TRY(ARENA_NEW(arena, hidden, shape.samples * UNITS, error));
    TRY(ARENA_NEW(arena, inputs, shape.samples * UNITS, error));
    TRY(ARENA_NEW(arena, targets, shape.samples * UNITS, error));
    struct teacher teacher = draw_teacher(stream);
    for (size_t n = 0; n < shape.samples; n++) {
        draw_changed(settings, stream, hidden + UNITS * n);
        for (size_t c = 0; c < UNITS; c++) {
            hidden[UNITS * n + c] *= settings->scale;
        }
    }
    TRY(drive_all(settings, &teacher, hidden, inputs, error));
    read_out(settings, &teacher, shape.samples, hidden, targets);
    TRY(sources_dataset(hidden, shape, arena, dataset, error));
    dataset->inputs = inputs;
    dataset->targets = targets;
    return STATUS_OK;
}

static enum status bad_amount(const struct settings *settings, const char *expected,
                              struct error *error) {
    char text[32];
    return error_set(error, STATUS_BAD_INPUT, "amount %s with change %s: expected %s",
                     text_of_real(settings->amount, text), changes[settings->change], expected);
}

static enum status check_amount(const struct settings *settings, struct error *error) {
    switch ((enum change)settings->change) {
    case INDEPENDENT:
        return settings->amount == 0 ? STATUS_OK : bad_amount(settings, "none", error);
    case CORNER_CUT_BOTH:
        return settings->amount <= CUT_MOST
                   ? STATUS_OK
                   : bad_amount(settings, "at most 0.99, else hardly anything is left", error);
    case OVERSAMPLE_DIAGONAL:
    case OVERSAMPLE_DIAGONALS:
        break; /* a probability, as declared */
    }
    return STATUS_OK;
}

static enum status check(const void *data, const char **blame, struct error *error) {
    const struct settings *settings = data;
    char text[32];
    *blame = "amount";
    TRY(check_amount(settings, error));
    *blame = "scale";
    if (settings->scale * POINT_MOST >= 1) {
        return error_set(error, STATUS_BAD_INPUT,
                         "%s makes hidden states of up to %.6g, and those of tanh units stay below "
                         "1: expected less than 2",
                         text_of_real(settings->scale, text), settings->scale * POINT_MOST);
    }
    *blame = "sequences";
    if (settings->sequences > SAMPLES_MAX / settings->steps) {
        return error_set(error, STATUS_BAD_INPUT,
                         "%lld sequences of %lld steps: expected at most 2^24 steps altogether",
                         (long long)settings->sequences, (long long)settings->steps);
    }
    return STATUS_OK;
}

static const struct parameter parameters[] = {
    {.name = "change",
     .type = PARAMETER_CHOICE,
     .offset = offsetof(struct settings, change),
     .unit = "",
     .fallback = "independent",
     .choices = changes,
     .help = "nothing; two opposite corners cut off; or more points along one diagonal, or both"},
    {.name = "amount",
     .type = PARAMETER_REAL,
     .offset = offsetof(struct settings, amount),
     .unit = "",
     .minimum = 0,
     .maximum = 1,
     .fallback = "0",
     .help = "corner_cut_both: side of the corners, up to 0.99; oversample_*: probability of a "
             "point from the band"},
    {.name = "band",
     .type = PARAMETER_REAL,
     .offset = offsetof(struct settings, band),
     .unit = "",
     .minimum = BAND_LEAST,
     .maximum = 1,
     .fallback = "0.1",
     .flags = PARAMETER_BELOW_MAXIMUM,
     .help = "oversample_*: how far its two coordinates differ at most, in a square of side 1"},
    {.name = "sequences",
     .type = PARAMETER_INTEGER,
     .offset = offsetof(struct settings, sequences),
     .unit = "",
     .minimum = 1,
     .maximum = SAMPLES_MAX,
     .fallback = "10000",
     .flags = PARAMETER_SHAPES,
     .help = "number of sequences"},
    {.name = "steps",
     .type = PARAMETER_INTEGER,
     .offset = offsetof(struct settings, steps),
     .unit = "",
     .minimum = 1,
     .maximum = STEPS_MOST,
     .fallback = "20",
     .flags = PARAMETER_SHAPES,
     .help = "length of each sequence"},
    {.name = "scale",
     .type = PARAMETER_REAL,
     .offset = offsetof(struct settings, scale),
     .unit = "",
     .minimum = 0,
     .maximum = SCALE_MOST,
     .fallback = "0.7",
     .flags = PARAMETER_ABOVE_MINIMUM,
     .help = "side of the square that hidden states fill, below 2"},
    {.name = "chunk",
     .type = PARAMETER_INTEGER,
     .offset = offsetof(struct settings, chunk),
     .unit = "sequences",
     .minimum = 1,
     .maximum = CHUNK_MOST,
     .fallback = "196",
     .help = "that exchange points, so that inputs stay small"},
};

extern const struct distribution teacher_distribution;
const struct distribution teacher_distribution = {
    .component = {.name = "teacher",
                  .help = "sequences that drive a recurrent network of two tanh units through "
                          "chosen hidden states",
                  .parameters = parameters,
                  .parameter_count = sizeof parameters / sizeof *parameters,
                  .settings_size = sizeof(struct settings),
                  .check = check},
    .size = size,
    .draw = draw,
};
