#include "theory/cloud.h"

#include "theory/matrix.h"

#include <math.h>

/* Relative to the largest magnitude of a source: a smaller range is rounding. */
static const double constant_range = 1e-13;

/* Ranges whose squares and fourth powers are numbers. */
static const double least_range = 1e-70;
static const double largest_range = 1e70;

/* Centred on a first mean and again on what that left, which removes its rounding. */
static void cloud_centre(const double *points, size_t j, struct cloud *cloud) {
    size_t sources = cloud->sources;
    double mean = 0.0;
    double rest = 0.0;
    for (size_t n = 0; n < cloud->samples; n++) {
        mean += cloud->weights[n] * points[n * sources + j];
    }
    for (size_t n = 0; n < cloud->samples; n++) {
        cloud->points[n * sources + j] = points[n * sources + j] - mean;
        rest += cloud->weights[n] * cloud->points[n * sources + j];
    }
    for (size_t n = 0; n < cloud->samples; n++) {
        cloud->points[n * sources + j] -= rest;
    }
    cloud->mean[j] = mean + rest;
}

static enum status cloud_measure(const double *points, size_t j, struct cloud *cloud,
                                 struct error *error) {
    size_t sources = cloud->sources;
    double low = INFINITY;
    double high = -INFINITY;
    for (size_t n = 0; n < cloud->samples; n++) {
        double value = points[n * sources + j];
        if (!isfinite(value)) {
            return error_set(error, STATUS_BAD_INPUT,
                             "sample %zu, source %zu is %g; expected a finite number", n + 1, j + 1,
                             value);
        }
        low = fmin(low, value);
        high = fmax(high, value);
    }
    if (high - low <= constant_range * fmax(fabs(low), fabs(high))) {
        cloud->mean[j] = points[j];
        return STATUS_OK; /* points, range and reach stay 0 */
    }
    if (high - low < least_range || high - low > largest_range) {
        return error_set(error, STATUS_BAD_INPUT,
                         "source %zu varies by %g, whose square is out of range: expected other "
                         "units",
                         j + 1, high - low);
    }
    cloud_centre(points, j, cloud);
    cloud->range[j] = high - low;
    cloud->reach[j] = fmin(cloud->mean[j] - low, high - cloud->mean[j]);
    return STATUS_OK;
}

static void cloud_find_moments(struct cloud *cloud) {
    size_t sources = cloud->sources;
    for (size_t n = 0; n < cloud->samples; n++) {
        const double *point = cloud->points + n * sources;
        for (size_t j = 0; j < sources; j++) {
            double weighted = cloud->weights[n] * point[j];
            for (size_t k = j; k < sources; k++) {
                cloud->covariance[j * sources + k] += weighted * point[k];
            }
        }
    }
    for (size_t j = 0; j < sources; j++) {
        for (size_t k = j + 1; k < sources; k++) {
            double product = cloud->covariance[j * sources + k];
            cloud->covariance[k * sources + j] = product;
            cloud->condition[j * sources + k] = -product;
            cloud->condition[k * sources + j] = -product;
        }
        cloud->condition[j * sources + j] = cloud->reach[j] * cloud->reach[j];
    }
}

enum status cloud_make(const double *points, const double *weights, size_t samples, size_t sources,
                       struct arena *arena, struct cloud *cloud, struct error *error) {
    *cloud = (struct cloud){.samples = samples, .sources = sources, .weights = weights};
    TRY(ARENA_NEW(arena, cloud->mean, sources, error));
    TRY(ARENA_NEW(arena, cloud->points, samples * sources, error));
    TRY(ARENA_NEW(arena, cloud->covariance, sources * sources, error));
    TRY(ARENA_NEW(arena, cloud->range, sources, error));
    TRY(ARENA_NEW(arena, cloud->reach, sources, error));
    TRY(ARENA_NEW(arena, cloud->condition, sources * sources, error));
    bool varies = false;
    for (size_t j = 0; j < sources; j++) {
        TRY(cloud_measure(points, j, cloud, error));
        varies = varies || cloud->range[j] > 0.0;
    }
    if (!varies) {
        return error_set(error, STATUS_BAD_INPUT,
                         "all %zu points are equal: there is no source that varies", samples);
    }
    cloud_find_moments(cloud);
    return STATUS_OK;
}

double cloud_demand(const struct cloud *cloud, const double *direction) {
    return matrix_quadratic_form(cloud->sources, cloud->condition, direction, direction);
}

double cloud_support(const struct cloud *cloud, const double *direction) {
    double lowest = INFINITY;
    for (size_t n = 0; n < cloud->samples; n++) {
        const double *point = cloud->points + n * cloud->sources;
        lowest = fmin(lowest, matrix_dot(cloud->sources, direction, point));
    }
    return 0.0 - lowest; /* which never is −0 */
}
