/**
 * @file
 * The terms of theorem 2.1 from raw data, written as in the paper: to compare with src/theory.
 */
#pragma once

#include "theory/data.h"

struct moments {
    double mean[SOURCES_MAX], reach[SOURCES_MAX], range[SOURCES_MAX];
    double covariance[SOURCES_MAX][SOURCES_MAX];
    double scale; /* largest range, squared */
};

static inline double centred(const struct data *data, const struct moments *moments, size_t n,
                             size_t j) {
    return data->points[n * data->sources + j] - moments->mean[j];
}

static inline void find_ranges(const struct data *data, struct moments *moments) {
    for (size_t j = 0; j < data->sources; j++) {
        double low = INFINITY;
        double high = -INFINITY;
        for (size_t n = 0; n < data->samples; n++) {
            low = fmin(low, centred(data, moments, n, j));
            high = fmax(high, centred(data, moments, n, j));
        }
        moments->reach[j] = fmin(fabs(low), fabs(high));
        moments->range[j] = high - low;
        moments->scale = fmax(moments->scale, pow(high - low, 2));
    }
}

static inline struct moments moments_of(const struct data *data) {
    struct moments moments = {0};
    for (size_t n = 0; n < data->samples; n++) {
        for (size_t j = 0; j < data->sources; j++) {
            moments.mean[j] += data->weights[n] * data->points[n * data->sources + j];
        }
    }
    find_ranges(data, &moments);
    for (size_t n = 0; n < data->samples; n++) {
        for (size_t j = 0; j < data->sources; j++) {
            for (size_t k = 0; k < data->sources; k++) {
                moments.covariance[j][k] += data->weights[n] * centred(data, &moments, n, j) *
                                            centred(data, &moments, n, k);
            }
        }
    }
    return moments;
}

/* max_i −w·s̄_i. */
static inline double support_along(const struct data *data, const struct moments *moments,
                                   const double *w) {
    double support = -INFINITY;
    for (size_t n = 0; n < data->samples; n++) {
        double sum = 0.0;
        for (size_t j = 0; j < data->sources; j++) {
            sum -= w[j] * centred(data, moments, n, j);
        }
        support = fmax(support, sum);
    }
    return support;
}

static inline double variance_along(const struct data *data, const struct moments *moments,
                                    const double *w) {
    double sum = 0.0;
    for (size_t j = 0; j < data->sources; j++) {
        for (size_t k = 0; k < data->sources; k++) {
            sum += w[j] * moments->covariance[j][k] * w[k];
        }
    }
    return sum;
}

/* (min_i w·s̄_i)² − wᵀSw. */
static inline double margin_along(const struct data *data, const struct moments *moments,
                                  const double *w) {
    double sum = pow(support_along(data, moments, w), 2) + variance_along(data, moments, w);
    for (size_t j = 0; j < data->sources; j++) {
        sum -= w[j] * w[j] * (moments->covariance[j][j] + pow(moments->reach[j], 2));
    }
    return sum;
}

/* a(w): what a neuron of input weights w costs before its output weights. */
static inline double cost_along(const struct data *data, const struct moments *moments,
                                const struct costs *costs, const double *w) {
    double square = 0.0;
    for (size_t j = 0; j < data->sources; j++) {
        square += w[j] * w[j];
    }
    return costs->activity *
               (variance_along(data, moments, w) + pow(support_along(data, moments, w), 2)) +
           costs->weights_in * square;
}

/* A unit vector, uniform on the sphere. */
static inline void draw_direction(size_t sources, struct random_stream *stream, double *w) {
    double square = 0.0;
    for (size_t j = 0; j < sources; j++) {
        w[j] = random_normal(stream);
        square += w[j] * w[j];
    }
    for (size_t j = 0; j < sources; j++) {
        w[j] /= sqrt(square);
    }
}
