/**
 * @file
 * Data sets for tests of the theory, and what it says about them.
 */
#pragma once

#include "base/random.h"
#include "check.h"
#include "theory/margin.h"
#include "theory/optimum.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { SAMPLES_MAX = 256, SOURCES_MAX = 13 };

struct data {
    size_t samples, sources;
    double points[SAMPLES_MAX * SOURCES_MAX]; /* [samples][sources] */
    double weights[SAMPLES_MAX];
};

enum kind { UNIFORM, SKEWED, GRID_WITH_HOLES, CORRELATED, REPEATED, WEIGHTED, KINDS };

static inline struct random_stream stream_of(uint64_t seed) {
    return random_stream_of((struct job_hash){{seed, 7}}, RANDOM_DATA);
}

static inline double between(struct random_stream *stream, double low, double high) {
    return low + (high - low) * random_uniform(stream);
}

static inline void weigh_equally(struct data *data) {
    for (size_t n = 0; n < data->samples; n++) {
        data->weights[n] = 1.0 / (double)data->samples;
    }
}

/* Weights between 1 and 10, before they are made to sum to 1. */
static inline void weigh_randomly(struct data *data, struct random_stream *stream) {
    double sum = 0.0;
    for (size_t n = 0; n < data->samples; n++) {
        data->weights[n] = between(stream, 1.0, 10.0);
        sum += data->weights[n];
    }
    for (size_t n = 0; n < data->samples; n++) {
        data->weights[n] /= sum;
    }
}

static inline double draw_value(enum kind kind, double shared, struct random_stream *stream) {
    switch (kind) {
    case SKEWED:
        return -log(random_uniform(stream));
    case GRID_WITH_HOLES:
        return (double)random_below(stream, 4) / 3.0;
    case CORRELATED:
        return shared + 0.7 * random_normal(stream);
    default:
        return random_uniform(stream);
    }
}

static inline void draw(struct data *data, enum kind kind, size_t samples, size_t sources,
                        struct random_stream *stream) {
    data->samples = samples;
    data->sources = sources;
    for (size_t n = 0; n < samples; n++) {
        double *point = data->points + n * sources;
        double shared = random_normal(stream);
        for (size_t j = 0; j < sources; j++) {
            point[j] = draw_value(kind, shared, stream);
        }
        if (kind == REPEATED && n > sources + 1 && random_below(stream, 3) == 0) {
            memcpy(point, data->points + random_below(stream, n) * sources,
                   sources * sizeof *point);
        }
    }
    weigh_equally(data);
    if (kind == WEIGHTED) {
        weigh_randomly(data, stream);
    }
}

/* Number k of a row of data sets of all kinds, 2–4 sources and up to 60 samples. */
static inline void draw_any(struct data *data, size_t k, struct random_stream *stream) {
    size_t sources = 2 + k / KINDS % 3;
    size_t samples = sources + 2 + (size_t)random_below(stream, 59 - sources);
    draw(data, (enum kind)(k % KINDS), samples, sources, stream);
}

/* {0, …, values − 1}^sources: its margin is 0, its sources are independent. */
static inline void fill_grid(struct data *data, size_t values, size_t sources) {
    data->sources = sources;
    data->samples = 1;
    for (size_t j = 0; j < sources; j++) {
        data->samples *= values;
    }
    for (size_t n = 0; n < data->samples; n++) {
        size_t rest = n;
        for (size_t j = 0; j < sources; j++, rest /= values) {
            data->points[n * sources + j] = (double)(rest % values);
        }
    }
    weigh_equally(data);
}

/* Adds the corners of the bounding box, which makes any data modular, with a share of the weight.
 */
static inline void add_corners(struct data *data, double share) {
    double low[SOURCES_MAX];
    double high[SOURCES_MAX];
    size_t corners = (size_t)1 << data->sources;
    for (size_t j = 0; j < data->sources; j++) {
        low[j] = INFINITY;
        high[j] = -INFINITY;
        for (size_t n = 0; n < data->samples; n++) {
            low[j] = fmin(low[j], data->points[n * data->sources + j]);
            high[j] = fmax(high[j], data->points[n * data->sources + j]);
        }
    }
    for (size_t n = 0; n < data->samples; n++) {
        data->weights[n] *= 1.0 - share;
    }
    for (size_t c = 0; c < corners; c++, data->samples++) {
        for (size_t j = 0; j < data->sources; j++) {
            data->points[data->samples * data->sources + j] = (c >> j & 1) != 0 ? high[j] : low[j];
        }
        data->weights[data->samples] = share / (double)corners;
    }
}

static inline void geometry_of(const struct data *data, struct arena *arena,
                               struct geometry *geometry) {
    struct error error = {0};
    assert_ok(&error, geometry_make(data->points, data->weights, data->samples, data->sources,
                                    arena, geometry, &error));
}

/* Geometry as if the hull were out of reach: what is found then rests on other code. */
static inline void forget_hull(const struct data *data, struct arena *arena,
                               struct geometry *geometry) {
    struct error error = {0};
    geometry_of(data, arena, geometry);
    geometry->hull.complete = false;
    assert_ok(&error, fan_make(&geometry->cloud, &geometry->hull, arena, &geometry->fan, &error));
}

static inline struct margin margin_of(const struct data *data, struct arena *arena) {
    struct error error = {0};
    struct geometry geometry;
    struct margin margin;
    geometry_of(data, arena, &geometry);
    assert_ok(&error, margin_find(&geometry, MARGIN_TOLERANCE, arena, &margin, &error));
    return margin;
}

static inline struct optimum optimum_of(const struct data *data, const struct costs *costs,
                                        struct arena *arena) {
    struct error error = {0};
    struct geometry geometry;
    struct optimum optimum;
    geometry_of(data, arena, &geometry);
    assert_ok(&error, optimum_find(&geometry, costs, 0, arena, &optimum, &error));
    return optimum;
}
