/**
 * @file
 * Random forms over directions, and their values from the definition.
 */
#pragma once

#include "theory/moments.h"

#include "theory/form.h"

/* A form with matrices of its own. */
struct any_form {
    struct form form;
    double quadratic[SOURCES_MOST * SOURCES_MOST];
    double norm[SOURCES_MOST * SOURCES_MOST];
};

/* An indefinite quadratic form over a positive definite norm, or over none for every third. */
static inline void draw_form(size_t width, size_t k, struct random_stream *stream,
                             struct any_form *any) {
    double factor[SOURCES_MOST][SOURCES_MOST];
    for (size_t i = 0; i < width; i++) {
        for (size_t j = 0; j < width; j++) {
            factor[i][j] = random_normal(stream);
        }
        for (size_t j = 0; j <= i; j++) {
            any->quadratic[i * width + j] = random_normal(stream);
            any->quadratic[j * width + i] = any->quadratic[i * width + j];
        }
    }
    for (size_t i = 0; i < width; i++) {
        for (size_t j = 0; j < width; j++) {
            any->norm[i * width + j] = i == j ? 0.3 : 0.0;
            for (size_t l = 0; l < width; l++) {
                any->norm[i * width + j] += factor[i][l] * factor[j][l];
            }
        }
    }
    any->form =
        (struct form){between(stream, 0.0, 20.0), any->quadratic, k % 3 == 0 ? NULL : any->norm};
}

static inline double product_along(const double *matrix, size_t width, const double *w) {
    double sum = 0.0;
    for (size_t i = 0; i < width; i++) {
        for (size_t j = 0; j < width; j++) {
            sum += matrix == NULL ? (i == j) * w[i] * w[j] : w[i] * matrix[i * width + j] * w[j];
        }
    }
    return sum;
}

/* (support · h(w)² + wᵀ quadratic w) / (wᵀ norm w). */
static inline double quotient_along(const struct data *data, const struct moments *moments,
                                    const struct form *form, const double *w) {
    double height = support_along(data, moments, w);
    return (form->support * height * height + product_along(form->quadratic, data->sources, w)) /
           product_along(form->norm, data->sources, w);
}
