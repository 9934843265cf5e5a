/**
 * @file
 * Random forms over directions, and their values from the definition.
 */
#pragma once

#include "theory/moments.h"

#include "theory/quotient.h"

/* A form with matrices of its own. */
struct any_form {
    struct quotient quotient;
    double quadratic[SOURCES_MAX * SOURCES_MAX];
    double root[SOURCES_MAX * SOURCES_MAX];
    double inverse[SOURCES_MAX * SOURCES_MAX];
    double norm[SOURCES_MAX * SOURCES_MAX]; /* rootᵀ root, or the identity */
};

/* Gauss-Jordan, without pivoting: the diagonal is dominant. */
static inline void invert(size_t width, const double *matrix, double *inverse) {
    double rest[SOURCES_MAX * SOURCES_MAX];
    memcpy(rest, matrix, width * width * sizeof *rest);
    for (size_t k = 0; k < width * width; k++) {
        inverse[k] = k % (width + 1) == 0 ? 1.0 : 0.0;
    }
    for (size_t k = 0; k < width; k++) {
        double pivot = rest[k * width + k];
        for (size_t j = 0; j < width; j++) {
            rest[k * width + j] /= pivot;
            inverse[k * width + j] /= pivot;
        }
        for (size_t i = 0; i < width; i++) {
            double factor = i == k ? 0.0 : rest[i * width + k];
            for (size_t j = 0; j < width; j++) {
                rest[i * width + j] -= factor * rest[k * width + j];
                inverse[i * width + j] -= factor * inverse[k * width + j];
            }
        }
    }
}

/* An indefinite quadratic form over a positive definite norm, or over none for every third. */
static inline void draw_form(size_t width, size_t k, struct random_stream *stream,
                             struct any_form *any) {
    bool standard = k % 3 == 0;
    for (size_t i = 0; i < width; i++) {
        for (size_t j = 0; j < width; j++) {
            any->root[i * width + j] =
                between(stream, -0.5, 0.5) / (double)width + (i == j ? 1.0 : 0.0);
        }
        for (size_t j = 0; j <= i; j++) {
            any->quadratic[i * width + j] = random_normal(stream);
            any->quadratic[j * width + i] = any->quadratic[i * width + j];
        }
    }
    invert(width, any->root, any->inverse);
    for (size_t i = 0; i < width; i++) {
        for (size_t j = 0; j < width; j++) {
            any->norm[i * width + j] = standard && i == j ? 1.0 : 0.0;
            for (size_t l = 0; l < width && !standard; l++) {
                any->norm[i * width + j] += any->root[l * width + i] * any->root[l * width + j];
            }
        }
    }
    any->quotient = (struct quotient){.support = between(stream, 0.0, 20.0),
                                      .quadratic = any->quadratic,
                                      .root = standard ? NULL : any->root,
                                      .inverse_root = standard ? NULL : any->inverse};
}

static inline double product_along(const double *matrix, size_t width, const double *w) {
    double sum = 0.0;
    for (size_t i = 0; i < width; i++) {
        for (size_t j = 0; j < width; j++) {
            sum += w[i] * matrix[i * width + j] * w[j];
        }
    }
    return sum;
}

/* (support · h(w)² + wᵀ quadratic w) / (wᵀ norm w). */
static inline double quotient_along(const struct data *data, const struct moments *moments,
                                    const struct any_form *any, const double *w) {
    double height = support_along(data, moments, w);
    return (any->quotient.support * height * height +
            product_along(any->quadratic, data->sources, w)) /
           product_along(any->norm, data->sources, w);
}
