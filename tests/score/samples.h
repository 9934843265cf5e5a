/**
 * @file
 * Samples for tests of scores: random sources, latents that mix them, and weights.
 */
#pragma once

#include "base/random.h"
#include "score/scored.h"

enum { SAMPLES = 60, SOURCES = 3, LATENTS = 5 };

struct samples {
    double source[2 * SAMPLES * SOURCES]; /* room for every sample twice */
    double latent[2 * SAMPLES * LATENTS];
    double weights[2 * SAMPLES];
    struct score_input input;
};

/* Correlated sources, latents of one or two sources with noise; equal weights. */
static inline void make_samples(struct samples *samples, uint64_t seed) {
    struct random_stream stream = random_stream_of((struct job_hash){{seed, 1}}, RANDOM_DATA);
    for (size_t n = 0; n < SAMPLES; n++) {
        double *s = samples->source + n * SOURCES;
        double *z = samples->latent + n * LATENTS;
        double shared = random_uniform(&stream);
        for (size_t i = 0; i < SOURCES; i++) {
            s[i] = random_uniform(&stream) + 0.5 * shared;
        }
        for (size_t j = 0; j < LATENTS; j++) {
            double mixed = j < SOURCES ? 0.2 : 0.8;
            z[j] = s[j % SOURCES] + mixed * s[(j + 1) % SOURCES] + 0.1 * random_normal(&stream);
        }
        samples->weights[n] = 1.0 / SAMPLES;
    }
    samples->input = (struct score_input){.samples = SAMPLES,
                                          .sources = SOURCES,
                                          .latents = LATENTS,
                                          .source = samples->source,
                                          .latent = samples->latent,
                                          .weights = samples->weights};
}

/* Samples 0, 3, 6, … count twice: by their weight, or because they occur twice. */
static inline void weight_thirds(struct samples *weighted, struct samples *repeated) {
    const double mass = 1 / (double)(SAMPLES + SAMPLES / 3);
    size_t rows = 0;
    for (size_t n = 0; n < SAMPLES; n++) {
        size_t copies = n % 3 == 0 ? 2 : 1;
        weighted->weights[n] = (double)copies * mass;
        for (size_t copy = 0; copy < copies; copy++, rows++) {
            memcpy(repeated->source + rows * SOURCES, weighted->source + n * SOURCES,
                   SOURCES * sizeof(double));
            memcpy(repeated->latent + rows * LATENTS, weighted->latent + n * LATENTS,
                   LATENTS * sizeof(double));
            repeated->weights[rows] = mass;
        }
    }
    repeated->input = (struct score_input){.samples = rows,
                                           .sources = SOURCES,
                                           .latents = LATENTS,
                                           .source = repeated->source,
                                           .latent = repeated->latent,
                                           .weights = repeated->weights};
}
