#include "theory/affine_hull.h"

#include <math.h>
#include <string.h>

/* Of the largest residual, in units of each source's range: smaller ones are 0 but for rounding. */
static const double rounding_share = 1e-10;

/* The largest residual of the sources not yet used. */
static double affine_hull_find_pivot(const struct cloud *cloud, const double *residual,
                                     const bool *used, size_t *row, size_t *column) {
    double largest = 0.0;
    for (size_t n = 0; n < cloud->samples; n++) {
        for (size_t j = 0; j < cloud->sources; j++) {
            double value = fabs(residual[n * cloud->sources + j]);
            if (!used[j] && value > largest) {
                largest = value;
                *row = n;
                *column = j;
            }
        }
    }
    return largest;
}

static void affine_hull_eliminate(const struct cloud *cloud, size_t row, size_t column,
                                  double *pivot, double *residual) {
    size_t sources = cloud->sources;
    memcpy(pivot, residual + row * sources, sources * sizeof *pivot);
    for (size_t n = 0; n < cloud->samples; n++) {
        double factor = residual[n * sources + column] / pivot[column];
        for (size_t j = 0; j < sources; j++) {
            residual[n * sources + j] -= factor * pivot[j];
        }
        residual[n * sources + column] = 0.0;
    }
}

enum status affine_hull_columns(const struct cloud *cloud, struct arena *arena, size_t *columns,
                                size_t *dimension, struct error *error) {
    size_t sources = cloud->sources;
    double *residual;
    double *pivot;
    bool *used;
    TRY(ARENA_NEW(arena, residual, cloud->samples * sources, error));
    TRY(ARENA_NEW(arena, pivot, sources, error));
    TRY(ARENA_NEW(arena, used, sources, error));
    for (size_t n = 0; n < cloud->samples; n++) {
        for (size_t j = 0; j < sources; j++) {
            residual[n * sources + j] =
                cloud->range[j] > 0.0 ? cloud->points[n * sources + j] / cloud->range[j] : 0.0;
        }
    }
    *dimension = 0;
    size_t row = 0;
    size_t column = 0;
    while (*dimension < sources &&
           affine_hull_find_pivot(cloud, residual, used, &row, &column) > rounding_share) {
        used[column] = true;
        ++*dimension;
        affine_hull_eliminate(cloud, row, column, pivot, residual);
    }
    size_t found = 0;
    for (size_t j = 0; j < sources; j++) {
        if (used[j]) {
            columns[found++] = j;
        }
    }
    return STATUS_OK;
}
