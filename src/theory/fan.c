#include "theory/fan.h"

#include "theory/matrix.h"

#include <stdint.h>
#include <string.h>

/* Lists facets around each vertex. */
static enum status fan_make_stars(struct fan *fan, struct arena *arena, struct error *error) {
    size_t incidences = fan->facet_count * fan->dimension;
    TRY(ARENA_NEW(arena, fan->star_starts, fan->vertex_count + 2, error));
    TRY(ARENA_NEW(arena, fan->star, incidences, error));
    for (size_t k = 0; k < incidences; k++) {
        fan->star_starts[fan->facets[k] + 2]++;
    }
    for (size_t v = 0; v < fan->vertex_count; v++) {
        fan->star_starts[v + 2] += fan->star_starts[v + 1];
    }
    for (size_t k = 0; k < incidences; k++) {
        fan->star[fan->star_starts[fan->facets[k] + 1]++] = k / fan->dimension;
    }
    return STATUS_OK;
}

/* Adds the vertices of a facet that are not yet among the neighbours of v; seen[u] == v + 1 marks
 * those that are. */
static size_t fan_add_neighbours(const struct fan *fan, size_t v, size_t facet, size_t *seen,
                                 size_t *next) {
    size_t added = 0;
    for (size_t k = 0; k < fan->dimension; k++) {
        size_t u = fan->facets[facet * fan->dimension + k];
        if (u != v && seen[u] != v + 1) {
            seen[u] = v + 1;
            next[added++] = u;
        }
    }
    return added;
}

static enum status fan_make_neighbours(struct fan *fan, struct arena *arena, struct error *error) {
    size_t *seen;
    size_t most = fan->facet_count * fan->dimension * (fan->dimension - 1);
    TRY(ARENA_NEW(arena, seen, fan->vertex_count, error));
    TRY(ARENA_NEW(arena, fan->neighbour_starts, fan->vertex_count + 1, error));
    TRY(ARENA_NEW(arena, fan->neighbours, most + fan->vertex_count, error));
    size_t found = 0;
    for (size_t v = 0; v < fan->vertex_count; v++) {
        for (size_t k = fan->star_starts[v]; k < fan->star_starts[v + 1]; k++) {
            found += fan_add_neighbours(fan, v, fan->star[k], seen, fan->neighbours + found);
        }
        if (fan->dimension == 1) {
            fan->neighbours[found++] = 1 - v; /* the other end of a segment */
        }
        fan->neighbour_starts[v + 1] = found;
    }
    return STATUS_OK;
}

static enum status fan_take_points(const struct cloud *cloud, const size_t *samples, size_t count,
                                   struct arena *arena, struct fan *fan, struct error *error) {
    fan->vertex_count = count;
    TRY(ARENA_NEW(arena, fan->vertices, count * fan->width, error));
    for (size_t v = 0; v < count; v++) {
        size_t sample = samples == NULL ? v : samples[v];
        memcpy(fan->vertices + v * fan->width, cloud->points + sample * cloud->sources,
               fan->width * sizeof *fan->vertices);
    }
    return STATUS_OK;
}

enum status fan_make(const struct cloud *cloud, const struct hull *hull, struct arena *arena,
                     struct fan *fan, struct error *error) {
    *fan = (struct fan){.width = cloud->sources,
                        .dimension = hull->dimension,
                        .complete = hull->complete,
                        .facet_count = hull->facet_count,
                        .facets = hull->facets};
    if (!hull->complete) {
        fan->facet_count = 0;
        return fan_take_points(cloud, NULL, cloud->samples, arena, fan, error);
    }
    TRY(fan_take_points(cloud, hull->vertices, hull->vertex_count, arena, fan, error));
    TRY(ARENA_NEW(arena, fan->rays, fan->facet_count * fan->width, error));
    for (size_t f = 0; f < fan->facet_count; f++) {
        double *ray = fan->rays + f * fan->width;
        memcpy(ray, hull->normals + f * fan->width, fan->width * sizeof *ray);
        matrix_normalise(fan->width, ray);
    }
    TRY(fan_make_stars(fan, arena, error));
    return fan_make_neighbours(fan, arena, error);
}

enum status fan_map(const struct fan *fan, size_t width, const double *points,
                    const double *directions, struct arena *arena, struct fan *mapped,
                    struct error *error) {
    *mapped = *fan;
    mapped->width = width;
    TRY(ARENA_NEW(arena, mapped->vertices, fan->vertex_count * width, error));
    TRY(ARENA_NEW(arena, mapped->rays, fan->facet_count * width, error));
    for (size_t v = 0; v < fan->vertex_count; v++) {
        matrix_apply(width, fan->width, points, fan->vertices + v * fan->width,
                     mapped->vertices + v * width);
    }
    for (size_t f = 0; f < fan->facet_count; f++) {
        matrix_apply(width, fan->width, directions, fan->rays + f * fan->width,
                     mapped->rays + f * width);
        matrix_normalise(width, mapped->rays + f * width);
    }
    return STATUS_OK;
}

static double fan_height(const struct fan *fan, const double *direction, size_t vertex) {
    return matrix_dot(fan->width, direction, fan->vertices + vertex * fan->width);
}

/* The lowest of a vertex's neighbours (of all vertices where the fan is not complete), or itself.
 */
static size_t fan_step_down(const struct fan *fan, const double *direction, size_t at) {
    size_t lowest = at;
    double low = fan_height(fan, direction, at);
    size_t begin = fan->complete ? fan->neighbour_starts[at] : 0;
    size_t end = fan->complete ? fan->neighbour_starts[at + 1] : fan->vertex_count;
    for (size_t k = begin; k < end; k++) {
        size_t other = fan->complete ? fan->neighbours[k] : k;
        double value = fan_height(fan, direction, other);
        if (value < low) {
            low = value;
            lowest = other;
        }
    }
    return lowest;
}

size_t fan_lowest_near(const struct fan *fan, const double *direction, size_t from, size_t steps) {
    size_t at = from;
    for (size_t k = 0; k <= steps; k++) {
        size_t next = fan_step_down(fan, direction, at);
        if (next == at) {
            return at;
        }
        at = next;
    }
    return SIZE_MAX;
}

size_t fan_lowest(const struct fan *fan, const double *direction, size_t from) {
    return fan->complete ? fan_lowest_near(fan, direction, from, SIZE_MAX - 1)
                         : fan_step_down(fan, direction, from);
}

void fan_span(const struct fan *fan, double *basis) {
    size_t width = fan->width;
    double *rest = basis + fan->dimension * width;
    for (size_t k = 0; k < fan->dimension; k++) {
        double longest = 0.0;
        double *row = basis + k * width;
        for (size_t v = 0; v < fan->vertex_count; v++) {
            memcpy(rest, fan->vertices + v * width, width * sizeof *rest);
            matrix_orthogonalise(width, basis, k, rest);
            double length = matrix_length(width, rest);
            if (length > longest) {
                longest = length;
                memcpy(row, rest, width * sizeof *row);
            }
        }
        matrix_normalise(width, row);
    }
}
