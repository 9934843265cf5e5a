#include "theory/hull.h"

#include "base/order.h"
#include "theory/qhull.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Of the largest residual, in units of each source's range: smaller ones are 0 but for rounding. */
static const double rounding_share = 1e-10;

/* Points in the hull's own coordinates: sources of `columns`, each divided by its range. */
struct plane_point {
    double x, y;
    size_t sample;
};

/* The largest residual of the sources not yet used. */
static double hull_find_pivot(const struct cloud *cloud, const double *residual, const bool *used,
                              size_t *row, size_t *column) {
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

static void hull_eliminate(const struct cloud *cloud, size_t row, size_t column, double *pivot,
                           double *residual) {
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

/* The affine hull, by Gaussian elimination with complete pivoting: hull->columns and dimension. */
static enum status hull_find_columns(const struct cloud *cloud, struct arena *arena,
                                     struct hull *hull, struct error *error) {
    size_t sources = cloud->sources;
    double *residual;
    double *pivot;
    bool *used;
    TRY(ARENA_NEW(arena, residual, cloud->samples * sources, error));
    TRY(ARENA_NEW(arena, pivot, sources, error));
    TRY(ARENA_NEW(arena, hull->columns, sources, error));
    TRY(ARENA_NEW(arena, used, sources, error));
    for (size_t n = 0; n < cloud->samples; n++) {
        for (size_t j = 0; j < sources; j++) {
            residual[n * sources + j] =
                cloud->range[j] > 0.0 ? cloud->points[n * sources + j] / cloud->range[j] : 0.0;
        }
    }
    size_t row = 0;
    size_t column = 0;
    while (hull->dimension < sources &&
           hull_find_pivot(cloud, residual, used, &row, &column) > rounding_share) {
        used[column] = true;
        hull->dimension++;
        hull_eliminate(cloud, row, column, pivot, residual);
    }
    size_t found = 0;
    for (size_t j = 0; j < sources; j++) {
        if (used[j]) {
            hull->columns[found++] = j;
        }
    }
    return STATUS_OK;
}

static enum status hull_allocate(struct hull *hull, size_t sources, size_t vertices, size_t facets,
                                 struct arena *arena, struct error *error) {
    hull->vertex_count = vertices;
    hull->facet_count = facets;
    TRY(ARENA_NEW(arena, hull->vertices, vertices, error));
    TRY(ARENA_NEW(arena, hull->facets, facets * hull->dimension, error));
    return ARENA_NEW(arena, hull->normals, facets * sources, error);
}

/* A segment: its ends are the facets. */
static enum status hull_make_segment(const struct cloud *cloud, struct hull *hull,
                                     struct arena *arena, struct error *error) {
    size_t column = hull->columns[0];
    TRY(hull_allocate(hull, cloud->sources, 2, 2, arena, error));
    size_t ends[2] = {0, 0};
    for (size_t n = 0; n < cloud->samples; n++) {
        double value = cloud->points[n * cloud->sources + column];
        ends[0] = value < cloud->points[ends[0] * cloud->sources + column] ? n : ends[0];
        ends[1] = value > cloud->points[ends[1] * cloud->sources + column] ? n : ends[1];
    }
    size_t low = ends[0] < ends[1] ? 0 : 1; /* which facet the lower end is */
    hull->vertices[0] = ends[0] < ends[1] ? ends[0] : ends[1];
    hull->vertices[1] = ends[0] < ends[1] ? ends[1] : ends[0];
    hull->facets[0] = 0;
    hull->facets[1] = 1;
    hull->normals[low * cloud->sources + column] = 1.0;
    hull->normals[(1 - low) * cloud->sources + column] = -1.0;
    return STATUS_OK;
}

static int hull_by_position(const void *left, const void *right) {
    const struct plane_point *a = left;
    const struct plane_point *b = right;
    if (a->x != b->x) {
        return a->x < b->x ? -1 : 1;
    }
    if (a->y != b->y) {
        return a->y < b->y ? -1 : 1;
    }
    return (a->sample > b->sample) - (a->sample < b->sample);
}

/* Whether c lies to the left of the line from a to b. */
static bool hull_turns_left(const struct plane_point *a, const struct plane_point *b,
                            const struct plane_point *c) {
    return (b->x - a->x) * (c->y - a->y) - (b->y - a->y) * (c->x - a->x) > 0.0;
}

/* Andrew's monotone chain over sorted points, counterclockwise; returns how many vertices. */
static size_t hull_chain(const struct plane_point *points, size_t count,
                         struct plane_point *vertices) {
    size_t found = 0;
    for (size_t n = 0; n < count; n++) {
        while (found >= 2 &&
               !hull_turns_left(&vertices[found - 2], &vertices[found - 1], &points[n])) {
            found--;
        }
        vertices[found++] = points[n];
    }
    size_t lower = found + 1;
    for (size_t n = count - 1; n-- > 0;) {
        while (found >= lower &&
               !hull_turns_left(&vertices[found - 2], &vertices[found - 1], &points[n])) {
            found--;
        }
        vertices[found++] = points[n];
    }
    return found - 1;
}

static size_t hull_place_of(const struct hull *hull, size_t sample) {
    const size_t *found =
        bsearch(&sample, hull->vertices, hull->vertex_count, sizeof sample, order_compare_indices);
    return (size_t)(found - hull->vertices);
}

static void hull_add_edge(const struct cloud *cloud, const struct plane_point *from,
                          const struct plane_point *to, size_t edge, struct hull *hull) {
    size_t a = hull_place_of(hull, from->sample);
    size_t b = hull_place_of(hull, to->sample);
    double *normal = hull->normals + edge * cloud->sources;
    hull->facets[2 * edge] = a < b ? a : b;
    hull->facets[2 * edge + 1] = a < b ? b : a;
    normal[hull->columns[0]] = -(to->y - from->y) / cloud->range[hull->columns[0]];
    normal[hull->columns[1]] = (to->x - from->x) / cloud->range[hull->columns[1]];
}

static enum status hull_make_polygon(const struct cloud *cloud, struct hull *hull,
                                     struct arena *arena, struct error *error) {
    struct plane_point *points;
    struct plane_point *vertices;
    TRY(ARENA_NEW(arena, points, cloud->samples, error));
    TRY(ARENA_NEW(arena, vertices, 2 * cloud->samples, error));
    for (size_t n = 0; n < cloud->samples; n++) {
        const double *point = cloud->points + n * cloud->sources;
        points[n] =
            (struct plane_point){point[hull->columns[0]] / cloud->range[hull->columns[0]],
                                 point[hull->columns[1]] / cloud->range[hull->columns[1]], n};
    }
    qsort(points, cloud->samples, sizeof *points, hull_by_position);
    size_t count = hull_chain(points, cloud->samples, vertices);
    TRY(hull_allocate(hull, cloud->sources, count, count, arena, error));
    for (size_t k = 0; k < count; k++) {
        hull->vertices[k] = vertices[k].sample;
    }
    qsort(hull->vertices, count, sizeof *hull->vertices, order_compare_indices);
    for (size_t k = 0; k < count; k++) {
        hull_add_edge(cloud, &vertices[k], &vertices[(k + 1) % count], k, hull);
    }
    return STATUS_OK;
}

enum status hull_make(const struct cloud *cloud, struct arena *arena, struct hull *hull,
                      struct error *error) {
    *hull = (struct hull){.complete = true};
    TRY(hull_find_columns(cloud, arena, hull, error));
    if (hull->dimension == 1) {
        return hull_make_segment(cloud, hull, arena, error);
    }
    if (hull->dimension == 2) {
        return hull_make_polygon(cloud, hull, arena, error);
    }
    if (hull->dimension > HULL_DIMENSION_MAX) {
        hull->complete = false;
        return STATUS_OK;
    }
    return qhull_facets(cloud, arena, hull, error);
}
