#include "bench_scores.h"

#include "base/clock.h"
#include "score/score.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { REPEATS_MAX = 101, REPEATS_MIN = 3 };

static const double wanted_seconds = 2.0; /* of every line */
static const double milli = 1e-3;

/* The values for noise and duplicates that a sweep has by default. */
static const struct scoring_settings scoring = {.neighbours = 2, .duplicates = 2, .noise = 1e-2};

/* What is measured: a score of a whole grid of sources, and latents that are rectified mixtures of
 * them, with noise. */
struct subject {
    const char *name, *score;
    size_t sources, values, latents;
    double mixing; /* how much of every other source is in a latent; 0 is modular */
};

static const struct subject subjects[] = {
    {"infom_9261_samples_6_latents_3_sources", "infom", 3, 21, 6, 0.3},
    {"cinfom_9261_samples_6_latents_3_sources", "cinfom", 3, 21, 6, 0.3},
    {"infoe_9261_samples_6_latents_21_labels_3_sources", "infoe", 3, 21, 6, 0.3},
    {"infoe_9261_samples_6_latents_21_labels_3_sources_modular", "infoe", 3, 21, 6, 0.0},
    {"infoe_81_samples_25_latents_9_labels_2_sources", "infoe", 2, 9, 25, 0.3},
};

/* Samples of the grid, last source fastest, into *input; memory belongs to the arena. */
static enum status draw(const struct subject *subject, struct arena *arena,
                        struct score_input *input, struct error *error) {
    struct random_stream stream = random_stream_of((struct job_hash){{1, 0}}, RANDOM_DATA);
    size_t samples = (size_t)pow((double)subject->values, (double)subject->sources);
    double *source;
    double *latent;
    double *weights;
    TRY(ARENA_NEW(arena, source, samples * subject->sources, error));
    TRY(ARENA_NEW(arena, latent, samples * subject->latents, error));
    TRY(ARENA_NEW(arena, weights, samples, error));
    for (size_t n = 0; n < samples; n++) {
        size_t rest = n;
        double sum = 0.0;
        double *point = source + n * subject->sources;
        for (size_t i = subject->sources; i-- > 0; rest /= subject->values) {
            point[i] = (double)(rest % subject->values) / (double)(subject->values - 1);
            sum += point[i];
        }
        for (size_t j = 0; j < subject->latents; j++) {
            double own = point[j % subject->sources];
            latent[n * subject->latents + j] =
                fmax(own + subject->mixing * (sum - own) - 0.1 * (double)(j / subject->sources),
                     0.0) +
                1e-3 * random_normal(&stream);
        }
        weights[n] = 1.0 / (double)samples;
    }
    *input = (struct score_input){.samples = samples,
                                  .sources = subject->sources,
                                  .latents = subject->latents,
                                  .source = source,
                                  .latent = latent,
                                  .weights = weights,
                                  .scoring = &scoring};
    return STATUS_OK;
}

static const struct score *score_named(const char *name) {
    size_t i = 0;
    while (scores[i + 1] != NULL && strcmp(scores[i]->component.name, name) != 0) {
        i++;
    }
    return scores[i];
}

static int compare(const void *left, const void *right) {
    double a = *(const double *)left;
    double b = *(const double *)right;
    return (a > b) - (a < b);
}

static enum status bench(const struct subject *subject, struct arena *arena, struct error *error) {
    const struct score *score = score_named(subject->score);
    struct score_input input;
    struct arena scratch = {0};
    double times[REPEATS_MAX];
    double value = 0.0;
    size_t repeats = 0;
    TRY(draw(subject, arena, &input, error));
    double begin = clock_seconds();
    enum status status = STATUS_OK;
    while (status == STATUS_OK && repeats < REPEATS_MAX &&
           (repeats < REPEATS_MIN || clock_seconds() - begin < wanted_seconds)) {
        const double *matrix = NULL;
        arena_reset(&scratch);
        double start = clock_seconds();
        status = score_all(&score, 1, &input, &scratch, &value, &matrix, error);
        times[repeats++] = clock_seconds() - start;
    }
    arena_free(&scratch);
    qsort(times, repeats, sizeof *times, compare);
    printf("score_%s %.2f ms\n", subject->name, times[repeats / 2] / milli);
    return status;
}

enum status bench_scores(struct error *error) {
    for (size_t k = 0; k < sizeof subjects / sizeof subjects[0]; k++) {
        struct arena arena = {0};
        enum status status = bench(&subjects[k], &arena, error);
        arena_free(&arena);
        TRY(status);
    }
    return STATUS_OK;
}
