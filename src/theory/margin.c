#include "theory/margin.h"

#include "theory/cones.h"
#include "theory/matrix.h"
#include "theory/partition.h"

#include <math.h>
#include <string.h>

/* Of a squared range: a margin this close to 0 is 0. */
static const double rounding_share = 1e-14;

/*
 * The lowest value of (min_i w·s̄_i)² − wᵀSw over Σ (unit_j w_j)², units 1 where they are NULL. Axes
 * attain 0, so that is what counts where nothing is below −rounding; the direction is then left
 * alone.
 */
static enum status margin_minimise(const struct geometry *geometry, const double *units,
                                   double rounding, struct arena *arena, double *value,
                                   double *bound, double *direction, struct error *error) {
    size_t sources = geometry->cloud.sources;
    double *matrices;
    struct local_minima minima;
    TRY(ARENA_NEW(arena, matrices, 3 * sources * sources, error));
    double *root = matrices + sources * sources;
    double *inverse = root + sources * sources;
    for (size_t k = 0; k < sources * sources; k++) {
        matrices[k] = -geometry->cloud.condition[k];
    }
    for (size_t j = 0; units != NULL && j < sources; j++) {
        root[j * sources + j] = units[j];
        inverse[j * sources + j] = 1.0 / units[j];
    }
    struct quotient quotient = {.support = 1.0,
                                .quadratic = matrices,
                                .root = units == NULL ? NULL : root,
                                .inverse_root = units == NULL ? NULL : inverse};
    if (geometry->fan.complete) {
        TRY(cones_below(&geometry->fan, &quotient, -rounding, 1, arena, &minima, error));
        *bound = minima.count > 0 ? minima.values[0] : 0.0;
    } else {
        TRY(partition_below(&geometry->fan, &quotient, -rounding, 1, arena, &minima, bound, error));
        *bound = fmin(*bound, 0.0);
    }
    *value = minima.count > 0 ? minima.values[0] : 0.0;
    if (minima.count > 0) {
        memcpy(direction, minima.directions, sources * sizeof *direction);
        matrix_normalise(sources, direction);
    }
    return STATUS_OK;
}

/* The axis along which the margin is 0 by definition: of the source with the largest reach. */
static void margin_point_along_axis(const struct cloud *cloud, double *direction) {
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

/* The smallest range of a source that varies. */
static double margin_least_range(const struct cloud *cloud) {
    double least = INFINITY;
    for (size_t j = 0; j < cloud->sources; j++) {
        least = cloud->range[j] > 0.0 ? fmin(least, cloud->range[j]) : least;
    }
    return least;
}

/* The same with sources measured in their ranges; the direction is of unit length in their own
 * units. */
static enum status margin_in_ranges(const struct geometry *geometry, struct arena *arena,
                                    double *value, double *bound, double *direction,
                                    struct error *error) {
    const struct cloud *cloud = &geometry->cloud;
    double *units;
    TRY(ARENA_NEW(arena, units, cloud->sources, error));
    for (size_t j = 0; j < cloud->sources; j++) {
        units[j] = cloud->range[j] > 0.0 ? cloud->range[j] : 1.0; /* any: nothing is along it */
    }
    return margin_minimise(geometry, units, rounding_share, arena, value, bound, direction, error);
}

/* Whether the margin's direction proves the data mixed, with sources measured in their ranges. */
static bool margin_shows_mixed(const struct cloud *cloud, const struct margin *margin,
                               double tolerance) {
    double unit = 0.0;
    for (size_t j = 0; j < cloud->sources; j++) {
        unit += pow(cloud->range[j] * margin->direction[j], 2.0);
    }
    return margin->value < -tolerance * unit;
}

/* Whether the data are modular, with sources measured in their ranges. The direction already found
 * may decide without another search. */
static enum status margin_decide(const struct geometry *geometry, double tolerance,
                                 struct arena *arena, struct margin *margin, struct error *error) {
    double *direction;
    double value;
    double bound;
    margin->known = true;
    if (margin_shows_mixed(&geometry->cloud, margin, tolerance)) {
        return STATUS_OK;
    }
    TRY(ARENA_NEW(arena, direction, geometry->cloud.sources, error));
    TRY(margin_in_ranges(geometry, arena, &value, &bound, direction, error));
    margin->modular = bound >= -tolerance;
    margin->known = margin->modular || value < -tolerance;
    return STATUS_OK;
}

enum status margin_find(const struct geometry *geometry, double tolerance, struct arena *arena,
                        struct margin *margin, struct error *error) {
    const struct cloud *cloud = &geometry->cloud;
    double rounding = rounding_share * pow(margin_least_range(cloud), 2.0);
    *margin = (struct margin){.exact = geometry->fan.complete};
    TRY(ARENA_NEW(arena, margin->direction, cloud->sources, error));
    margin_point_along_axis(cloud, margin->direction);
    TRY(margin_minimise(geometry, NULL, rounding, arena, &margin->value, &margin->bound,
                        margin->direction, error));
    return margin_decide(geometry, tolerance, arena, margin, error);
}

enum status margin_find_exact(const struct geometry *geometry, double tolerance,
                              struct arena *arena, struct margin *margin, struct error *error) {
    if (!geometry->fan.complete) {
        return error_set(error, STATUS_BAD_INPUT,
                         "no prescription for %zu sources: it needs the exact margin, which "
                         "cannot be computed when the points span more than %d dimensions or "
                         "their convex hull has too many faces",
                         geometry->cloud.sources, HULL_DIMENSION_MAX);
    }
    return margin_find(geometry, tolerance, arena, margin, error);
}

enum status margin_direction(const struct geometry *geometry, const struct margin *margin,
                             double tolerance, struct arena *arena, double *direction,
                             struct error *error) {
    double value;
    double bound;
    memcpy(direction, margin->direction, geometry->cloud.sources * sizeof *direction);
    return margin_shows_mixed(&geometry->cloud, margin, tolerance)
               ? STATUS_OK
               : margin_in_ranges(geometry, arena, &value, &bound, direction, error);
}
