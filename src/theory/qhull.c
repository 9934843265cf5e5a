#include "theory/qhull.h"

#include "base/order.h"

#include <libqhull_r/qhull_ra.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    COMMAND_BYTES = 64,
    /* From this dimension on the number of facets is watched while points are added. */
    WATCHED_DIMENSION = 4,
    FIRST_WATCHED = 32, /* points after which facets are first counted */
};

/* Points that may be vertices, in the hull's own coordinates. */
struct candidates {
    size_t count;
    size_t *samples; /* [count] */
    double *points;  /* [count][dimension] */
};

struct line_order {
    const struct cloud *cloud;
    const struct hull *hull;
    size_t along; /* source that decides last */
};

/* Compares two samples by all sources but the one that decides last: 0 on one line along it. */
static int qhull_compare_lines(const struct line_order *order, size_t a, size_t b) {
    const double *x = order->cloud->points + a * order->cloud->sources;
    const double *y = order->cloud->points + b * order->cloud->sources;
    for (size_t k = 0; k < order->hull->dimension; k++) {
        size_t j = order->hull->columns[k];
        if (j != order->along && x[j] != y[j]) {
            return x[j] < y[j] ? -1 : 1;
        }
    }
    return 0;
}

/* By line, then by place on it, then by sample. */
static int qhull_by_line(const void *left, const void *right, void *context) {
    const struct line_order *order = context;
    size_t a = *(const size_t *)left;
    size_t b = *(const size_t *)right;
    double x = order->cloud->points[a * order->cloud->sources + order->along];
    double y = order->cloud->points[b * order->cloud->sources + order->along];
    int lines = qhull_compare_lines(order, a, b);
    if (lines != 0 || x != y) {
        return lines != 0 ? lines : (x > y) - (x < y);
    }
    return (a > b) - (a < b);
}

/* Keeps the two ends of every line of samples; returns how many are left. */
static size_t qhull_keep_ends(const struct line_order *order, size_t *samples, size_t count) {
    size_t kept = 0;
    for (size_t first = 0; first < count;) {
        size_t last = first;
        while (last + 1 < count &&
               qhull_compare_lines(order, samples[first], samples[last + 1]) == 0) {
            last++;
        }
        size_t end = samples[last];
        samples[kept++] = samples[first];
        if (last > first) {
            samples[kept++] = end;
        }
        first = last + 1;
    }
    return kept;
}

/*
 * Among samples that differ in one source alone only the outermost two can be vertices. On grids,
 * where Qhull would have to merge thousands of coplanar facets, little more than the corners
 * remains.
 */
static enum status qhull_find_candidates(const struct cloud *cloud, const struct hull *hull,
                                         struct arena *arena, struct candidates *candidates,
                                         struct error *error) {
    size_t dimension = hull->dimension;
    TRY(ARENA_NEW(arena, candidates->samples, cloud->samples, error));
    candidates->count = cloud->samples;
    for (size_t n = 0; n < cloud->samples; n++) {
        candidates->samples[n] = n;
    }
    for (size_t k = 0; k < dimension; k++) {
        struct line_order order = {cloud, hull, hull->columns[k]};
        qsort_r(candidates->samples, candidates->count, sizeof *candidates->samples, qhull_by_line,
                &order);
        size_t before = candidates->count;
        candidates->count = qhull_keep_ends(&order, candidates->samples, before);
        if (candidates->count == before) {
            break; /* no grid */
        }
    }
    TRY(ARENA_NEW(arena, candidates->points, candidates->count * dimension, error));
    for (size_t n = 0; n < candidates->count; n++) {
        const double *point = cloud->points + candidates->samples[n] * cloud->sources;
        for (size_t k = 0; k < dimension; k++) {
            size_t j = hull->columns[k];
            candidates->points[n * dimension + k] = point[j] / cloud->range[j];
        }
    }
    return STATUS_OK;
}

/* Runs Qhull until it has added `vertices` points (0: all). For qhull_release, also after a
 * failure.
 */
static enum status qhull_run(const struct candidates *candidates, size_t dimension, size_t vertices,
                             const char *options, qhT *qh, struct error *error) {
    char command[COMMAND_BYTES];
    char *said = NULL;
    size_t said_bytes = 0;
    FILE *messages = open_memstream(&said, &said_bytes);
    qh_zero(qh, stderr);
    if (messages == NULL) {
        return error_set(error, STATUS_NO_MEMORY, "out of memory for a convex hull");
    }
    int length = snprintf(command, sizeof command, "qhull %s", options);
    if (vertices > 0 && length > 0) {
        (void)snprintf(command + length, sizeof command - (size_t)length, " TA%zu", vertices);
    }
    qh->ferr = messages;
    int code = qh_new_qhull(qh, (int)dimension, (int)candidates->count, candidates->points, False,
                            command, NULL, messages);
    (void)fclose(messages);
    qh->ferr = stderr;
    enum status status = STATUS_OK;
    if (code != 0) {
        status = error_set(error, code == qh_ERRmem ? STATUS_NO_MEMORY : STATUS_BAD_INPUT,
                           "Qhull cannot make a hull of %zu points: %.200s", candidates->count,
                           said == NULL ? "" : said);
    }
    free(said);
    return status;
}

static void qhull_release(qhT *qh) {
    int chunks = 0;
    int bytes = 0;
    qh_freeqhull(qh, !qh_ALL);
    qh_memfreeshort(qh, &chunks, &bytes);
}

/* Exact facets where possible. Where rounding makes facets inconsistent, Qhull moves points a
 * little (option QJ). */
static enum status qhull_run_robustly(const struct candidates *candidates, size_t dimension,
                                      size_t vertices, qhT *qh, struct error *error) {
    enum status status = qhull_run(candidates, dimension, vertices, "Qt Pp", qh, error);
    if (status == STATUS_BAD_INPUT) {
        qhull_release(qh);
        status = qhull_run(candidates, dimension, vertices, "QJ Pp", qh, error);
    }
    return status;
}

/*
 * Whether the hull stays within HULL_FACES_MAX. Doubles the number of points until the hull is
 * complete or the next one might be too large, assuming that facets grow as in the last step; in
 * the first, as points to the power of half the dimension, the upper bound (McMullen 1970).
 */
static enum status qhull_is_feasible(const struct candidates *candidates, size_t dimension,
                                     bool *feasible, struct error *error) {
    size_t most = (size_t)HULL_FACES_MAX >> dimension;
    size_t before = 0;
    *feasible = true;
    for (size_t n = FIRST_WATCHED; n < candidates->count && *feasible; n *= 2) {
        SCOPED(qhull_release) qhT qh;
        qh_zero(&qh, stderr);
        TRY(qhull_run_robustly(candidates, dimension, n, &qh, error));
        size_t facets = (size_t)qh.num_facets;
        if ((size_t)qh.num_vertices < n) { /* the hull is complete */
            return STATUS_OK;
        }
        double growth =
            before == 0 ? (double)((size_t)1 << dimension / 2) : (double)facets / (double)before;
        *feasible = (double)facets * growth <= (double)most;
        before = facets;
    }
    return STATUS_OK;
}

/* Takes the vertices; places[candidate] becomes the index of each among hull->vertices. */
static enum status qhull_take_vertices(qhT *qh, const struct candidates *candidates,
                                       struct arena *arena, size_t *places, struct hull *hull,
                                       struct error *error) {
    vertexT *vertex;
    vertexT **vertexp;
    facetT *facet;
    bool *used;
    TRY(ARENA_NEW(arena, used, candidates->count, error));
    FORALLfacet_(qh->facet_list) {
        FOREACHvertex_(facet->vertices) {
            used[qh_pointid(qh, vertex->point)] = true;
        }
    }
    for (size_t n = 0; n < candidates->count; n++) {
        hull->vertex_count += used[n];
    }
    TRY(ARENA_NEW(arena, hull->vertices, hull->vertex_count, error));
    size_t found = 0;
    for (size_t n = 0; n < candidates->count; n++) {
        if (used[n]) {
            hull->vertices[found++] = candidates->samples[n];
        }
    }
    qsort(hull->vertices, found, sizeof *hull->vertices, order_compare_indices);
    for (size_t n = 0; n < candidates->count; n++) {
        if (used[n]) {
            const size_t *place = bsearch(&candidates->samples[n], hull->vertices, found,
                                          sizeof *hull->vertices, order_compare_indices);
            places[n] = (size_t)(place - hull->vertices);
        }
    }
    return STATUS_OK;
}

static enum status qhull_take_facets(qhT *qh, const struct cloud *cloud, const size_t *places,
                                     struct arena *arena, struct hull *hull, struct error *error) {
    vertexT *vertex;
    vertexT **vertexp;
    facetT *facet;
    size_t dimension = hull->dimension;
    size_t most = (size_t)qh->num_facets;
    TRY(ARENA_NEW(arena, hull->facets, most * dimension, error));
    TRY(ARENA_NEW(arena, hull->normals, most * cloud->sources, error));
    FORALLfacet_(qh->facet_list) {
        if ((size_t)qh_setsize(qh, facet->vertices) != dimension) {
            continue; /* degenerate: left of a triangulation */
        }
        size_t *vertices = hull->facets + hull->facet_count * dimension;
        double *normal = hull->normals + hull->facet_count * cloud->sources;
        size_t found = 0;
        FOREACHvertex_(facet->vertices) {
            vertices[found++] = places[qh_pointid(qh, vertex->point)];
        }
        qsort(vertices, dimension, sizeof *vertices, order_compare_indices);
        for (size_t k = 0; k < dimension; k++) {
            size_t j = hull->columns[k];
            normal[j] = -facet->normal[k] / cloud->range[j]; /* Qhull's points outwards */
        }
        hull->facet_count++;
    }
    return STATUS_OK;
}

enum status qhull_facets(const struct cloud *cloud, struct arena *arena, struct hull *hull,
                         struct error *error) {
    struct candidates candidates;
    size_t *places;
    TRY(qhull_find_candidates(cloud, hull, arena, &candidates, error));
    TRY(ARENA_NEW(arena, places, candidates.count, error));
    if (hull->dimension >= WATCHED_DIMENSION) {
        TRY(qhull_is_feasible(&candidates, hull->dimension, &hull->complete, error));
    }
    if (!hull->complete) {
        return STATUS_OK;
    }
    SCOPED(qhull_release) qhT qh;
    qh_zero(&qh, stderr);
    TRY(qhull_run_robustly(&candidates, hull->dimension, 0, &qh, error));
    TRY(qhull_take_vertices(&qh, &candidates, arena, places, hull, error));
    return qhull_take_facets(&qh, cloud, places, arena, hull, error);
}
