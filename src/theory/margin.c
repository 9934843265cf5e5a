#include "theory/margin.h"

#include "theory/matrix.h"
#include "theory/partition.h"

#include <math.h>
#include <string.h>

/* Of a squared range: a margin this close to 0 is 0. */
static const double rounding_share = 1e-14;

/*
 * The lowest value of (min_i w·s̄_i)² − wᵀSw over wᵀ norm w. Axes attain 0, so that is what counts
 * where nothing is below −rounding; the direction is then left alone.
 */
static enum status minimise(const struct cloud *cloud, const struct fan *fan, const double *norm,
                            double rounding, struct arena *arena, double *value, double *bound,
                            double *direction, struct error *error) {
    size_t sources = cloud->sources;
    double *negative;
    struct valleys valleys;
    TRY(ARENA_NEW(arena, negative, sources * sources, error));
    for (size_t k = 0; k < sources * sources; k++) {
        negative[k] = -cloud->condition[k];
    }
    struct form form = {.support = 1.0, .quadratic = negative, .norm = norm};
    if (fan->complete) {
        TRY(cones_minimum(fan, &form, -rounding, arena, &valleys, error));
        *bound = valleys.count > 0 ? valleys.values[0] : 0.0;
    } else {
        TRY(partition_below(fan, &form, -rounding, 1, arena, &valleys, bound, error));
        *bound = fmin(*bound, 0.0);
    }
    *value = valleys.count > 0 ? valleys.values[0] : 0.0;
    if (valleys.count > 0) {
        memcpy(direction, valleys.directions, sources * sizeof *direction);
        matrix_normalise(sources, direction);
    }
    return STATUS_OK;
}

/* The axis along which the margin is 0 by definition: of the source with the largest reach. */
static void point_along_axis(const struct cloud *cloud, double *direction) {
    size_t axis = 0;
    for (size_t j = 1; j < cloud->sources; j++) {
        axis = cloud->reach[j] > cloud->reach[axis] ? j : axis;
    }
    direction[axis] = 1.0;
    double up = cloud_support(cloud, direction);
    direction[axis] = -1.0;
    double down = cloud_support(cloud, direction);
    direction[axis] = up <= down ? 1.0 : -1.0;
}

/* Σ (range_j w_j)² as wᵀ norm w. A constant source gets the largest range: any would do. */
static void measure_in_ranges(const struct cloud *cloud, double *norm) {
    double largest = 0.0;
    for (size_t j = 0; j < cloud->sources; j++) {
        largest = fmax(largest, cloud->range[j]);
    }
    for (size_t j = 0; j < cloud->sources; j++) {
        double range = cloud->range[j] > 0.0 ? cloud->range[j] : largest;
        norm[j * cloud->sources + j] = range * range;
    }
}

/* The square of the smallest range of a source that varies. */
static double least_range2(const struct cloud *cloud) {
    double least = INFINITY;
    for (size_t j = 0; j < cloud->sources; j++) {
        least = cloud->range[j] > 0.0 ? fmin(least, cloud->range[j]) : least;
    }
    return least * least;
}

/* Whether the data are modular, with sources measured in their ranges; the direction already found
 * may tell without another search. */
static enum status decide(const struct geometry *geometry, double tolerance, struct arena *arena,
                          struct margin *margin, struct error *error) {
    const struct cloud *cloud = &geometry->cloud;
    double *norm;
    double *direction;
    double value;
    double bound;
    TRY(ARENA_NEW(arena, norm, cloud->sources * cloud->sources, error));
    TRY(ARENA_NEW(arena, direction, cloud->sources, error));
    measure_in_ranges(cloud, norm);
    double unit = matrix_form(cloud->sources, norm, margin->direction, margin->direction);
    margin->known = true;
    if (margin->value < -tolerance * unit) {
        return STATUS_OK;
    }
    TRY(minimise(cloud, &geometry->fan, norm, rounding_share, arena, &value, &bound, direction,
                 error));
    margin->modular = bound >= -tolerance;
    margin->known = margin->modular || value < -tolerance;
    return STATUS_OK;
}

enum status margin_find(const struct geometry *geometry, double tolerance, struct arena *arena,
                        struct margin *margin, struct error *error) {
    const struct cloud *cloud = &geometry->cloud;
    *margin = (struct margin){.exact = geometry->fan.complete};
    TRY(ARENA_NEW(arena, margin->direction, cloud->sources, error));
    point_along_axis(cloud, margin->direction);
    double rounding = rounding_share * least_range2(cloud);
    TRY(minimise(cloud, &geometry->fan, NULL, rounding, arena, &margin->value, &margin->bound,
                 margin->direction, error));
    return decide(geometry, tolerance, arena, margin, error);
}
