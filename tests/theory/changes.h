/**
 * @file
 * Changes of a data set that do not change what the theory says about it.
 */
#pragma once

#include "theory/data.h"

struct change {
    const char *name;
    void (*apply)(struct data *data, struct random_stream *stream);
};

static inline void translate(struct data *data, struct random_stream *stream) {
    for (size_t j = 0; j < data->sources; j++) {
        double shift = between(stream, -3.0, 3.0);
        for (size_t n = 0; n < data->samples; n++) {
            data->points[n * data->sources + j] += shift;
        }
    }
}

static inline void flip_sources(struct data *data, struct random_stream *stream) {
    size_t flipped = 1 + (size_t)random_below(stream, ((size_t)1 << data->sources) - 1);
    for (size_t k = 0; k < data->samples * data->sources; k++) {
        bool flip = (flipped >> k % data->sources & 1) != 0;
        data->points[k] = flip ? -data->points[k] : data->points[k];
    }
}

static inline void swap_numbers(double *a, double *b) {
    double kept = *a;
    *a = *b;
    *b = kept;
}

static inline void permute_sources(struct data *data, struct random_stream *stream) {
    for (size_t j = data->sources - 1; j > 0; j--) {
        size_t other = (size_t)random_below(stream, j);
        for (size_t n = 0; n < data->samples; n++) {
            double *point = data->points + n * data->sources;
            swap_numbers(&point[j], &point[other]);
        }
    }
}

static inline void reorder_samples(struct data *data, struct random_stream *stream) {
    for (size_t n = data->samples - 1; n > 0; n--) {
        size_t other = (size_t)random_below(stream, n);
        swap_numbers(&data->weights[n], &data->weights[other]);
        for (size_t j = 0; j < data->sources; j++) {
            swap_numbers(&data->points[n * data->sources + j],
                         &data->points[other * data->sources + j]);
        }
    }
}

/* Two samples with half the weight each in place of one. */
static inline void split_sample(struct data *data, struct random_stream *stream) {
    size_t n = (size_t)random_below(stream, data->samples);
    memcpy(data->points + data->samples * data->sources, data->points + n * data->sources,
           data->sources * sizeof *data->points);
    data->weights[n] *= 0.5;
    data->weights[data->samples++] = data->weights[n];
}

static const struct change changes[] = {
    {"translate", translate},     {"flip_sources", flip_sources}, {"permute", permute_sources},
    {"reorder", reorder_samples}, {"split_sample", split_sample},
};

enum { CHANGES = sizeof changes / sizeof *changes };
