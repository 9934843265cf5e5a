#include "bench_theory.h"

#include "base/clock.h"
#include "base/random.h"
#include "theory/margin.h"
#include "theory/optimum.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

enum { REPEATS_MAX = 1001 };

static const double lambda = 0.01;
static const double wanted_seconds = 2.0; /* of every line */
static const double micro = 1e-6;

enum covariance { UNIFORM, NORMAL, SPHERE };

/* What is measured: a random data set and a question about it. */
struct subject {
    const char *name;
    size_t samples, sources;
    enum covariance covariance;
    bool optimum; /* else the margin */
};

static const struct subject subjects[] = {
    {"theory_margin_2_sources_32", 32, 2, UNIFORM, false},
    {"theory_optimum_2_sources_32", 32, 2, UNIFORM, true},
    {"theory_margin_3_sources_100000", 100000, 3, UNIFORM, false},
    {"theory_margin_3_sources_100000_on_a_sphere", 100000, 3, SPHERE, false},
    {"theory_margin_5_sources_1000", 1000, 5, UNIFORM, false},
    {"theory_margin_5_sources_1000_on_a_sphere", 1000, 5, SPHERE, false},
    {"theory_optimum_5_sources_300", 300, 5, UNIFORM, true},
};

static void draw(const struct subject *subject, uint64_t seed, double *points, double *weights) {
    struct random_stream stream = random_stream_of((struct job_hash){{seed, 0}}, RANDOM_DATA);
    for (size_t n = 0; n < subject->samples; n++) {
        double squares = 0.0;
        double *point = points + n * subject->sources;
        for (size_t j = 0; j < subject->sources; j++) {
            point[j] =
                subject->covariance == UNIFORM ? random_uniform(&stream) : random_normal(&stream);
            squares += point[j] * point[j];
        }
        for (size_t j = 0; j < subject->sources && subject->covariance == SPHERE; j++) {
            point[j] /= sqrt(squares);
        }
        weights[n] = 1.0 / (double)subject->samples;
    }
}

/* From points to the answer. */
static enum status answer(const struct subject *subject, const double *points,
                          const double *weights, struct arena *arena, struct error *error) {
    struct geometry geometry;
    TRY(geometry_make(points, weights, subject->samples, subject->sources, arena, &geometry,
                      error));
    if (subject->optimum) {
        struct costs costs = costs_of_lambda(lambda);
        struct optimum optimum;
        return optimum_find(&geometry, &costs, 0, arena, &optimum, error);
    }
    struct margin margin;
    return margin_find(&geometry, MARGIN_TOLERANCE, arena, &margin, error);
}

static int compare(const void *left, const void *right) {
    double a = *(const double *)left;
    double b = *(const double *)right;
    return (a > b) - (a < b);
}

static enum status bench(const struct subject *subject, struct arena *arena, double *times,
                         struct error *error) {
    double *points;
    double *weights;
    struct arena scratch = {0};
    TRY(ARENA_NEW(arena, points, subject->samples * subject->sources, error));
    TRY(ARENA_NEW(arena, weights, subject->samples, error));
    double begin = clock_seconds();
    size_t repeats = 0;
    enum status status = STATUS_OK;
    while (status == STATUS_OK && repeats < REPEATS_MAX &&
           (repeats < 3 || clock_seconds() - begin < wanted_seconds)) {
        draw(subject, repeats, points, weights);
        arena_reset(&scratch);
        double start = clock_seconds();
        status = answer(subject, points, weights, &scratch, error);
        times[repeats++] = clock_seconds() - start;
    }
    arena_free(&scratch);
    qsort(times, repeats, sizeof *times, compare);
    printf("%s %.1f us\n", subject->name, times[repeats / 2] / micro);
    return status;
}

enum status bench_theory(struct error *error) {
    for (size_t k = 0; k < sizeof subjects / sizeof subjects[0]; k++) {
        struct arena arena = {0};
        double *times;
        enum status status = ARENA_NEW(&arena, times, REPEATS_MAX, error);
        status = status == STATUS_OK ? bench(&subjects[k], &arena, times, error) : status;
        arena_free(&arena);
        TRY(status);
    }
    return STATUS_OK;
}
