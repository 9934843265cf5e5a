#include "data/weighting.h"

#include "base/text.h"
#include "data/points_file.h"
#include "parameter/file_reference.h"

#include <math.h>
#include <string.h>

enum status points_same_rows(const struct file_reference *first, const struct points *a,
                             const struct file_reference *second, const struct points *b,
                             struct arena *arena, struct error *error) {
    if (a->rows == b->rows) {
        return STATUS_OK;
    }
    const char *first_name;
    const char *second_name;
    TRY(file_reference_name(first, arena, &first_name, error));
    TRY(file_reference_name(second, arena, &second_name, error));
    return error_set(error, STATUS_BAD_INPUT,
                     "%s has %zu rows but %s has %zu: expected one row per sample in both",
                     first_name, a->rows, second_name, b->rows);
}

static enum status weighting_check_weights(const char *name, const struct points *weights,
                                           double *sum, struct error *error) {
    if (weights->columns != 1) {
        return error_set(error, STATUS_BAD_INPUT,
                         "%s has %zu columns: expected one, the weight of each sample", name,
                         weights->columns);
    }
    *sum = 0;
    for (size_t n = 0; n < weights->rows; n++) {
        if (weights->values[n] < 0) {
            char text[32];
            return error_set(error, STATUS_BAD_INPUT,
                             "%s: the weight of sample %zu is %s: expected 0 or more", name, n + 1,
                             text_of_real(weights->values[n], text));
        }
        *sum += weights->values[n];
    }
    if (!(*sum > 0) || isinf(*sum)) {
        return error_set(error, STATUS_BAD_INPUT,
                         "%s: the weights sum to %g: expected a positive, finite sum", name, *sum);
    }
    return STATUS_OK;
}

static enum status weighting_equal_weights(size_t rows, struct arena *arena, double **weights,
                                           struct error *error) {
    TRY(ARENA_NEW(arena, *weights, rows, error));
    for (size_t n = 0; n < rows; n++) {
        (*weights)[n] = 1 / (double)rows;
    }
    return STATUS_OK;
}

enum status sample_weights_read(const struct file_reference *file,
                                const struct file_reference *table_file, const struct points *table,
                                struct arena *arena, double **weights, struct error *error) {
    if (file->path[0] == '\0') {
        return weighting_equal_weights(table->rows, arena, weights, error);
    }
    struct points points;
    const char *name;
    double sum = 0;
    TRY(points_file_read(file, arena, &points, error));
    TRY(points_same_rows(table_file, table, file, &points, arena, error));
    TRY(file_reference_name(file, arena, &name, error));
    TRY(weighting_check_weights(name, &points, &sum, error));
    for (size_t n = 0; n < points.rows; n++) {
        points.values[n] /= sum;
    }
    *weights = points.values;
    return STATUS_OK;
}

void points_drop_unweighted(struct points *points, const double *weights) {
    size_t kept = 0;
    for (size_t n = 0; n < points->rows; n++) {
        if (weights[n] > 0) {
            memmove(points->values + kept * points->columns, points->values + n * points->columns,
                    points->columns * sizeof *points->values);
            kept++;
        }
    }
    points->rows = kept;
}
