#include "score/columns.h"

#include <lapacke.h>
#include <limits.h>
#include <math.h>
#include <string.h>

/* Relative to the largest magnitude in a column: a smaller range is rounding. */
static const double CONSTANT_RANGE = 1e-13;
/* Singular values below this share of the largest are rounding. */
static const double SINGULAR_SHARE = 1e-12;
/* A smaller unexplained share of a column's variance is rounding: the column is collinear. */
static const double COLLINEAR_SHARE = 1e-24;

static bool columns_is_constant(const double *matrix, size_t samples, size_t count, size_t j) {
    double low = INFINITY;
    double high = -INFINITY;
    for (size_t n = 0; n < samples; n++) {
        low = fmin(low, matrix[n * count + j]);
        high = fmax(high, matrix[n * count + j]);
    }
    return high - low <= CONSTANT_RANGE * fmax(fabs(low), fabs(high));
}

/* Centred on a first estimate and again on what that left, which removes its rounding. */
static double columns_centre_one(const double *matrix, size_t samples, size_t count, size_t j,
                                 const double *weights, double *column) {
    double mean = 0;
    for (size_t n = 0; n < samples; n++) {
        mean += weights[n] * matrix[n * count + j];
    }
    double rest = 0;
    for (size_t n = 0; n < samples; n++) {
        column[n] = matrix[n * count + j] - mean;
        rest += weights[n] * column[n];
    }
    double squares = 0;
    for (size_t n = 0; n < samples; n++) {
        column[n] = sqrt(weights[n]) * (column[n] - rest);
        squares += column[n] * column[n];
    }
    return sqrt(squares);
}

enum status columns_centre(const double *matrix, size_t samples, size_t count,
                           const double *weights, struct arena *arena, struct columns *columns,
                           struct error *error) {
    *columns = (struct columns){.samples = samples, .count = count};
    TRY(ARENA_NEW(arena, columns->values, samples * count, error));
    TRY(ARENA_NEW(arena, columns->norms, count, error));
    for (size_t j = 0; j < count; j++) {
        if (!columns_is_constant(matrix, samples, count, j)) {
            columns->norms[j] = columns_centre_one(matrix, samples, count, j, weights,
                                                   columns->values + j * samples);
        }
    }
    return STATUS_OK;
}

enum status columns_of_sources(const struct score_input *input, struct arena *arena,
                               struct columns *columns, struct error *error) {
    return columns_centre(input->source, input->samples, input->sources, input->weights, arena,
                          columns, error);
}

enum status columns_of_latents(const struct score_input *input, struct arena *arena,
                               struct columns *columns, struct error *error) {
    return columns_centre(input->latent, input->samples, input->latents, input->weights, arena,
                          columns, error);
}

const double *columns_at(const struct columns *columns, size_t j) {
    return columns->values + j * columns->samples;
}

double columns_correlation2(const struct columns *a, size_t i, const struct columns *b, size_t j) {
    if (a->norms[i] == 0) {
        return NAN;
    }
    if (b->norms[j] == 0) {
        return 0;
    }
    const double *x = columns_at(a, i);
    const double *y = columns_at(b, j);
    double product = 0;
    for (size_t n = 0; n < a->samples; n++) {
        product += x[n] * y[n];
    }
    double correlation = product / a->norms[i] / b->norms[j];
    return fmin(correlation * correlation, 1);
}

/*
 * Minimum-norm least squares of `right` [solutions][rows] on `left` [unknowns][rows], both
 * overwritten; solution k is then at right[k * leading ..]. *solved is false when the singular
 * values did not converge or the data are not finite.
 */
static enum status columns_solve(double *left, double *right, size_t rows, size_t unknowns,
                                 size_t solutions, size_t leading, double *singular, bool *solved,
                                 struct error *error) {
    if (rows > INT_MAX || leading > INT_MAX || unknowns > INT_MAX || solutions > INT_MAX) {
        return error_set(error, STATUS_BAD_INPUT, "%zu samples are too many for a regression",
                         rows);
    }
    lapack_int rank = 0;
    lapack_int info = LAPACKE_dgelsd(LAPACK_COL_MAJOR, (lapack_int)rows, (lapack_int)unknowns,
                                     (lapack_int)solutions, left, (lapack_int)rows, right,
                                     (lapack_int)leading, singular, SINGULAR_SHARE, &rank);
    if (info == LAPACK_WORK_MEMORY_ERROR) {
        return error_set(error, STATUS_NO_MEMORY, "out of memory for a regression of %zu samples",
                         rows);
    }
    *solved = info == 0;
    return STATUS_OK;
}

/* Copies columns except `left_out` (or all, when that is their count), scaled to norm 1 on
 * request; returns how many. */
static size_t columns_copy(const struct columns *columns, size_t left_out, bool scale,
                           size_t leading, double *copies) {
    size_t copied = 0;
    for (size_t j = 0; j < columns->count; j++) {
        if (j == left_out) {
            continue;
        }
        const double *column = columns_at(columns, j);
        double factor = scale && columns->norms[j] > 0 ? 1 / columns->norms[j] : 1;
        double *copy = copies + copied * leading;
        for (size_t n = 0; n < columns->samples; n++) {
            copy[n] = factor * column[n];
        }
        copied++;
    }
    return copied;
}

/* Squared length of what is left of unit column i after the fit. */
static double columns_residual2(const struct columns *columns, size_t i,
                                const double *coefficients) {
    double sum = 0;
    for (size_t n = 0; n < columns->samples; n++) {
        double left = columns_at(columns, i)[n] / columns->norms[i];
        size_t unknown = 0;
        for (size_t k = 0; k < columns->count; k++) {
            if (k != i) {
                double norm = columns->norms[k] > 0 ? columns->norms[k] : 1;
                left -= coefficients[unknown++] * columns_at(columns, k)[n] / norm;
            }
        }
        sum += left * left;
    }
    return sum;
}

enum status columns_unexplained(const struct columns *columns, struct arena *arena, double *shares,
                                struct error *error) {
    size_t samples = columns->samples;
    size_t leading = samples > columns->count ? samples : columns->count;
    double *left;
    double *right;
    double *singular;
    TRY(ARENA_NEW(arena, left, samples * columns->count, error));
    TRY(ARENA_NEW(arena, right, leading, error));
    TRY(ARENA_NEW(arena, singular, leading, error));
    for (size_t i = 0; i < columns->count; i++) {
        if (columns->norms[i] == 0) {
            shares[i] = NAN;
            continue;
        }
        if (columns->count == 1) {
            shares[i] = 1;
            continue;
        }
        size_t others = columns_copy(columns, i, true, samples, left);
        for (size_t n = 0; n < samples; n++) {
            right[n] = columns_at(columns, i)[n] / columns->norms[i];
        }
        bool solved = false;
        TRY(columns_solve(left, right, samples, others, 1, leading, singular, &solved, error));
        double share = solved ? fmin(columns_residual2(columns, i, right), 1) : NAN;
        shares[i] = share < COLLINEAR_SHARE ? 0 : share;
    }
    return STATUS_OK;
}

enum status columns_regress(const struct columns *inputs, const struct columns *outputs,
                            struct arena *arena, double *coefficients, struct error *error) {
    size_t samples = inputs->samples;
    size_t leading = samples > inputs->count ? samples : inputs->count;
    double *left;
    double *right;
    double *singular;
    TRY(ARENA_NEW(arena, left, samples * inputs->count, error));
    TRY(ARENA_NEW(arena, right, leading * outputs->count, error));
    TRY(ARENA_NEW(arena, singular, leading, error));
    (void)columns_copy(inputs, inputs->count, false, samples, left);
    (void)columns_copy(outputs, outputs->count, false, leading, right);
    bool solved = false;
    TRY(columns_solve(left, right, samples, inputs->count, outputs->count, leading, singular,
                      &solved, error));
    for (size_t j = 0; j < outputs->count; j++) {
        for (size_t i = 0; i < inputs->count; i++) {
            coefficients[j * inputs->count + i] = solved ? right[j * leading + i] : NAN;
        }
    }
    return STATUS_OK;
}
