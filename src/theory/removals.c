#include "theory/removals.h"

#include "theory/bounding_box.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CORNERS_MAX = 1 << HULL_DIMENSION_MAX };

static const double equal_share = 1e-9; /* of the lowest margin: symmetric samples differ by less */

/* Samples in groups that stand at one position. */
struct positions {
    const double *points; /* [N][S] */
    const double *weights;
    size_t samples, sources;
    size_t count;
    size_t *first; /* [count], the first sample of each */
    size_t *copies;
    size_t *of; /* [N], the position of each sample */
};

static int removals_by_point(const void *left, const void *right, void *context) {
    const struct positions *positions = context;
    size_t a = *(const size_t *)left;
    size_t b = *(const size_t *)right;
    for (size_t j = 0; j < positions->sources; j++) {
        double x = positions->points[a * positions->sources + j];
        double y = positions->points[b * positions->sources + j];
        if (x != y) {
            return x < y ? -1 : 1;
        }
    }
    return 0;
}

static int removals_by_point_and_sample(const void *left, const void *right, void *context) {
    size_t a = *(const size_t *)left;
    size_t b = *(const size_t *)right;
    int order = removals_by_point(left, right, context);
    return order != 0 ? order : (a > b) - (a < b);
}

static enum status removals_find_positions(struct positions *positions, struct arena *arena,
                                           struct error *error) {
    size_t *order;
    TRY(ARENA_NEW(arena, order, positions->samples, error));
    TRY(ARENA_NEW(arena, positions->first, positions->samples, error));
    TRY(ARENA_NEW(arena, positions->copies, positions->samples, error));
    TRY(ARENA_NEW(arena, positions->of, positions->samples, error));
    for (size_t n = 0; n < positions->samples; n++) {
        order[n] = n;
    }
    qsort_r(order, positions->samples, sizeof *order, removals_by_point_and_sample, positions);
    for (size_t k = 0; k < positions->samples; k++) {
        if (k == 0 || removals_by_point(&order[k - 1], &order[k], positions) != 0) {
            positions->first[positions->count++] = order[k];
        }
        positions->of[order[k]] = positions->count - 1;
        positions->copies[positions->count - 1]++;
    }
    return STATUS_OK;
}

/* How many corners the box has; 0 for more than a hull within reach can have. */
static size_t removals_count_corners(const struct cloud *cloud) {
    size_t corners = 1;
    for (size_t j = 0; j < cloud->sources; j++) {
        corners *= cloud->range[j] > 0.0 ? 2 : 1;
        corners = corners > CORNERS_MAX ? 0 : corners;
    }
    return corners;
}

/* Marks positions on corners in chosen[]; whether all corners are there. */
static enum status removals_choose_corners(const struct positions *positions,
                                           const struct cloud *cloud, bool *chosen, bool *all,
                                           struct arena *arena, struct error *error) {
    struct bounding_box box;
    bool *taken;
    size_t left = removals_count_corners(cloud);
    TRY(ARENA_NEW(arena, taken, CORNERS_MAX, error));
    TRY(bounding_box_make(cloud, positions->points, arena, &box, error));
    *all = left > 0;
    for (size_t p = 0; *all && p < positions->count; p++) {
        size_t corner;
        const double *point = positions->points + positions->first[p] * positions->sources;
        chosen[p] = bounding_box_corner_at(&box, point, &corner);
        if (chosen[p]) {
            left -= taken[corner] ? 0 : 1;
            taken[corner] = true;
        }
    }
    *all = *all && left == 0;
    return STATUS_OK;
}

/* Marks in chosen[] what has to be tried. */
static enum status removals_choose(const struct positions *positions,
                                   const struct geometry *geometry, bool *chosen,
                                   bool *only_vertices, struct arena *arena, struct error *error) {
    bool all;
    *only_vertices = false;
    TRY(removals_choose_corners(positions, &geometry->cloud, chosen, &all, arena, error));
    if (all) {
        return STATUS_OK;
    }
    *only_vertices = positions->count > REMOVALS_POSITIONS_MAX;
    for (size_t p = 0; p < positions->count; p++) {
        chosen[p] = !*only_vertices;
    }
    for (size_t v = 0; v < geometry->hull.vertex_count; v++) {
        chosen[positions->of[geometry->hull.vertices[v]]] = true;
    }
    return STATUS_OK;
}

/* The samples that do not stand at position p, with weights of sum 1; how many. */
static enum status removals_take_rest(const struct positions *positions, size_t p,
                                      struct arena *arena, double **points, double **weights,
                                      size_t *samples, struct error *error) {
    size_t sources = positions->sources;
    double sum = 0.0;
    TRY(ARENA_NEW(arena, *points, positions->samples * sources, error));
    TRY(ARENA_NEW(arena, *weights, positions->samples, error));
    *samples = 0;
    for (size_t n = 0; n < positions->samples; n++) {
        if (positions->of[n] != p) {
            memcpy(*points + *samples * sources, positions->points + n * sources,
                   sources * sizeof **points);
            sum += positions->weights[n];
            (*weights)[(*samples)++] = positions->weights[n];
        }
    }
    for (size_t n = 0; n < *samples; n++) {
        (*weights)[n] /= sum;
    }
    return STATUS_OK;
}

/* The margin without position p; `any` is false where there is none, all that is left being equal.
 */
static enum status removals_measure_without(const struct positions *positions, size_t p,
                                            double tolerance, struct arena *arena, bool *any,
                                            struct margin *margin, struct error *error) {
    double *points;
    double *weights;
    size_t samples;
    struct geometry geometry;
    TRY(removals_take_rest(positions, p, arena, &points, &weights, &samples, error));
    enum status status =
        cloud_make(points, weights, samples, positions->sources, arena, &geometry.cloud, error);
    *any = status != STATUS_BAD_INPUT;
    if (!*any) {
        return STATUS_OK;
    }
    TRY(status);
    TRY(geometry_complete(&geometry, arena, error));
    return margin_find_exact(&geometry, tolerance, arena, margin, error);
}

static int removals_by_margin(const void *left, const void *right, void *context) {
    const struct removal *a = left;
    const struct removal *b = right;
    double unit = *(const double *)context;
    double x = unit > 0.0 ? round(a->margin / unit) : 0.0;
    double y = unit > 0.0 ? round(b->margin / unit) : 0.0;
    if (x != y) {
        return x < y ? -1 : 1;
    }
    return (a->sample > b->sample) - (a->sample < b->sample);
}

static void removals_sort(struct removals *removals) {
    double lowest = 0.0;
    for (size_t k = 0; k < removals->count; k++) {
        lowest = fmin(lowest, removals->list[k].margin);
    }
    double unit = -equal_share * lowest;
    qsort_r(removals->list, removals->count, sizeof *removals->list, removals_by_margin, &unit);
}

static enum status removals_try_all(const struct positions *positions, const bool *chosen,
                                    double tolerance, struct arena *scratch,
                                    struct removals *removals, struct error *error) {
    for (size_t p = 0; p < positions->count; p++) {
        bool any;
        struct margin margin;
        if (!chosen[p]) {
            continue;
        }
        arena_reset(scratch);
        TRY(removals_measure_without(positions, p, tolerance, scratch, &any, &margin, error));
        if (any && !margin.modular) {
            removals->list[removals->count++] =
                (struct removal){positions->first[p], positions->copies[p], margin.value};
        }
    }
    return STATUS_OK;
}

enum status removals_find(const double *points, const double *weights, size_t samples,
                          size_t sources, double tolerance, struct arena *arena,
                          struct removals *removals, struct error *error) {
    struct positions positions = {
        .points = points, .weights = weights, .samples = samples, .sources = sources};
    struct geometry geometry;
    SCOPED(arena_free) struct arena scratch = {0};
    bool *chosen;
    *removals = (struct removals){0};
    TRY(geometry_make(points, weights, samples, sources, arena, &geometry, error));
    TRY(margin_find_exact(&geometry, tolerance, arena, &removals->before, error));
    TRY(removals_find_positions(&positions, arena, error));
    removals->positions = positions.count;
    if (!removals->before.modular) {
        return STATUS_OK;
    }
    TRY(ARENA_NEW(arena, chosen, positions.count, error));
    TRY(ARENA_NEW(arena, removals->list, positions.count, error));
    TRY(removals_choose(&positions, &geometry, chosen, &removals->only_vertices, arena, error));
    TRY(removals_try_all(&positions, chosen, tolerance, &scratch, removals, error));
    removals_sort(removals);
    return STATUS_OK;
}
