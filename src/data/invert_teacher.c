#include "data/invert_teacher.h"

#include "data/assignment.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { UNITS = TEACHER_UNITS };

/* A point closer to 0 than this has no reliable direction. */
static const double DISC_HOLE = 1e-6;

/* Uniform over all rotations and reflections. The direction is that of a point in a disc, since
 * square roots, unlike cosines, are the same to the last bit everywhere. */
static struct teacher_matrix invert_teacher_draw_orthogonal(struct random_stream *stream) {
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
    return (struct teacher_matrix){{{x, -side * y}, {y, side * x}}};
}

static void invert_teacher_multiply(const struct teacher_matrix *matrix, const double *vector,
                                    double *product) {
    for (int i = 0; i < UNITS; i++) {
        product[i] = matrix->at[i][0] * vector[0] + matrix->at[i][1] * vector[1];
    }
}

/* Of an orthogonal matrix the transpose is the inverse. */
static void invert_teacher_multiply_inverse(const struct teacher_matrix *matrix,
                                            const double *vector, double *product) {
    for (int i = 0; i < UNITS; i++) {
        product[i] = matrix->at[0][i] * vector[0] + matrix->at[1][i] * vector[1];
    }
}

struct teacher teacher_draw(struct random_stream *stream) {
    struct teacher teacher;
    teacher.recurrent = invert_teacher_draw_orthogonal(stream);
    teacher.input = invert_teacher_draw_orthogonal(stream);
    teacher.output = invert_teacher_draw_orthogonal(stream);
    return teacher;
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
static enum status invert_teacher_chunk_new(size_t most, struct arena *arena, struct chunk *chunk,
                                            struct error *error) {
    TRY(ARENA_NEW(arena, chunk->given, most * UNITS, error));
    TRY(ARENA_NEW(arena, chunk->wanted, most * UNITS, error));
    TRY(ARENA_NEW(arena, chunk->points, most * UNITS, error));
    TRY(ARENA_NEW(arena, chunk->costs, most * most, error));
    TRY(ARENA_NEW(arena, chunk->known_given, most * UNITS, error));
    TRY(ARENA_NEW(arena, chunk->known_prices, most, error));
    return assignment_new(most, arena, &chunk->assignment, error);
}

static size_t invert_teacher_place_of(const struct chunk *chunk, size_t sequence, size_t step) {
    return UNITS * (sequence * chunk->steps + step);
}

static void invert_teacher_read_step(struct chunk *chunk, size_t step) {
    for (size_t i = 0; i < chunk->count; i++) {
        const double *hidden = chunk->hidden + invert_teacher_place_of(chunk, i, step);
        for (size_t c = 0; c < UNITS; c++) {
            chunk->points[UNITS * i + c] = hidden[c];
            chunk->wanted[UNITS * i + c] = atanh(hidden[c]);
            chunk->given[UNITS * i + c] = 0;
        }
        if (step > 0) {
            invert_teacher_multiply(&chunk->teacher->recurrent, hidden - UNITS,
                                    chunk->given + UNITS * i);
        }
    }
}

/* Squared size of the input that leads from one activation to another. */
static double invert_teacher_cost_of(const double *given, const double *wanted) {
    double x = wanted[0] - given[0];
    double y = wanted[1] - given[1];
    return x * x + y * y;
}

/* The largest prices that the rows of the last assignment would let these points have. All steps
 * have the same distributions, so that these are near the prices sought. */
static void invert_teacher_guess_prices(struct chunk *chunk) {
    for (size_t j = 0; j < chunk->count; j++) {
        const double *wanted = chunk->wanted + UNITS * j;
        double price = INFINITY;
        for (size_t i = 0; i < chunk->known; i++) {
            double most = invert_teacher_cost_of(chunk->known_given + UNITS * i, wanted) -
                          chunk->known_prices[i];
            price = most < price ? most : price;
        }
        chunk->assignment.column_price[j] = price;
    }
}

static void invert_teacher_price_inputs(struct chunk *chunk) {
    for (size_t i = 0; i < chunk->count; i++) {
        double *costs = chunk->costs + chunk->count * i;
        for (size_t j = 0; j < chunk->count; j++) {
            costs[j] = invert_teacher_cost_of(chunk->given + UNITS * i, chunk->wanted + UNITS * j);
        }
    }
}

static void invert_teacher_exchange(struct chunk *chunk) {
    chunk->assignment.size = chunk->count;
    invert_teacher_price_inputs(chunk);
    if (chunk->known == 0) {
        assignment_solve(chunk->costs, &chunk->assignment);
    } else {
        invert_teacher_guess_prices(chunk);
        assignment_solve_from_prices(chunk->costs, &chunk->assignment);
    }
    chunk->known = chunk->count;
    memcpy(chunk->known_given, chunk->given, chunk->count * UNITS * sizeof *chunk->given);
    memcpy(chunk->known_prices, chunk->assignment.row_price,
           chunk->count * sizeof *chunk->known_prices);
}

static void invert_teacher_write_step(const struct chunk *chunk, size_t step, bool exchanged) {
    for (size_t i = 0; i < chunk->count; i++) {
        size_t from = exchanged ? (size_t)chunk->assignment.column[i] : i;
        size_t to = invert_teacher_place_of(chunk, i, step);
        double missing[UNITS];
        for (size_t c = 0; c < UNITS; c++) {
            chunk->hidden[to + c] = chunk->points[UNITS * from + c];
            missing[c] = chunk->wanted[UNITS * from + c] - chunk->given[UNITS * i + c];
        }
        invert_teacher_multiply_inverse(&chunk->teacher->input, missing, chunk->inputs + to);
    }
}

/* At the first step all sequences are alike, so exchanging points gains nothing. */
static void invert_teacher_drive(struct chunk *chunk) {
    for (size_t step = 0; step < chunk->steps; step++) {
        invert_teacher_read_step(chunk, step);
        if (step > 0) {
            invert_teacher_exchange(chunk);
        }
        invert_teacher_write_step(chunk, step, step > 0);
    }
}

/* Chunk after chunk; the last holds the rest. */
enum status teacher_invert(const struct teacher *teacher, const struct sequences *sequences,
                           double *hidden, double *inputs, struct error *error) {
    size_t count = sequences->count;
    size_t most = sequences->chunk < count ? sequences->chunk : count;
    SCOPED(arena_free) struct arena arena = {0};
    struct chunk chunk = {.teacher = teacher, .steps = sequences->steps};
    TRY(invert_teacher_chunk_new(most, &arena, &chunk, error));
    for (size_t first = 0; first < count; first += chunk.count) {
        chunk.count = count - first < most ? count - first : most;
        chunk.hidden = hidden + UNITS * first * chunk.steps;
        chunk.inputs = inputs + UNITS * first * chunk.steps;
        invert_teacher_drive(&chunk);
    }
    return STATUS_OK;
}

void teacher_read_out(const struct teacher *teacher, double scale, size_t samples,
                      const double *hidden, double *targets) {
    for (size_t n = 0; n < samples; n++) {
        invert_teacher_multiply(&teacher->output, hidden + UNITS * n, targets + UNITS * n);
        for (size_t c = 0; c < UNITS; c++) {
            targets[UNITS * n + c] /= scale;
        }
    }
}
