#include "theory/margin.h"

#include "theory/matrix.h"
#include "theory/partition.h"

#include <math.h>
#include <string.h>

/* The lowest value of (min_i w·s̄_i)² − wᵀSw over wᵀ norm w, not above 0, which axes attain. */
static enum status minimise(const struct cloud *cloud, const struct fan *fan, const double *norm,
                            struct arena *arena, double *value, double *bound, double *direction,
                            struct error *error) {
    size_t sources = cloud->sources;
    double *negative;
    struct valleys valleys;
    TRY(ARENA_NEW(arena, negative, sources * sources, error));
    for (size_t k = 0; k < sources * sources; k++) {
        negative[k] = -cloud->condition[k];
    }
    struct form form = {.support = 1.0, .quadratic = negative, .norm = norm};
    if (fan->complete) {
        TRY(cones_minimum(fan, &form, 0.0, arena, &valleys, error));
        *bound = valleys.count > 0 ? valleys.values[0] : 0.0;
    } else {
        TRY(partition_below(fan, &form, 0.0, 1, arena, &valleys, bound, error));
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

/* wᵀ norm w = Σ (range_j w_j)². A constant source gets the largest range: any would do. */
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

enum status margin_find(const struct geometry *geometry, double tolerance, struct arena *arena,
                        struct margin *margin, struct error *error) {
    const struct cloud *cloud = &geometry->cloud;
    size_t sources = cloud->sources;
    double *norm;
    double *unused;
    double relative_bound;
    *margin = (struct margin){.exact = geometry->fan.complete};
    TRY(ARENA_NEW(arena, margin->direction, sources, error));
    TRY(ARENA_NEW(arena, unused, sources, error));
    TRY(ARENA_NEW(arena, norm, sources * sources, error));
    point_along_axis(cloud, margin->direction);
    TRY(minimise(cloud, &geometry->fan, NULL, arena, &margin->value, &margin->bound,
                 margin->direction, error));
    measure_in_ranges(cloud, norm);
    TRY(minimise(cloud, &geometry->fan, norm, arena, &margin->relative, &relative_bound, unused,
                 error));
    margin->modular = relative_bound >= -tolerance;
    margin->known = margin->modular || margin->relative < -tolerance;
    return STATUS_OK;
}
