#include "theory/cones.h"

#include "theory/matrix.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

enum {
    /* Above this the test of all pairs of rays costs more than visiting the faces. */
    COPOSITIVE_RAYS_MAX = 256,
    WALK_MAX = 16, /* steps to the vertex that is lowest along an eigenvector */
};

/* Of the quotient's scale: smaller numbers are rounding. */
static const double rounding = 1e-13;
static const double eigen_rounding = 4e-15;      /* of the quotient's scale, in an eigenvalue */
static const double copositive_rounding = 4e-15; /* of the terms between two rays */
static const double narrow = 0.05; /* least cosine between a ray and the middle of its cone */

/* A face of the hull, reached from its first vertex, and its normal cone. */
struct face {
    size_t vertices[HULL_DIMENSION_MAX]; /* ascending */
    size_t vertex_count;
    size_t *facets; /* that contain the face: rays of its normal cone */
    size_t facet_count;
};

struct search {
    struct standard_quotient standard;
    double threshold;
    size_t most;               /* 1: the threshold falls to the lowest value found */
    struct local_minima found; /* directions in standard coordinates */
    double scale;              /* of the quotient's values */
    double *images;            /* [facet_count][width], quadratic · ray */
    double *heights;           /* [COPOSITIVE_RAYS_MAX], ray · vertex */
    double *vertex_form;       /* [width][width] on the present cone */
    double *restricted;        /* [width][width] */
    double *product;           /* [width][width] */
    double *unit;              /* [width] */
    double *work;
    size_t stamp;
    /* One for each number of vertices of a face, 1 … d. */
    double *bases[HULL_DIMENSION_MAX + 1]; /* [vertices - 1][width] orthonormal edges of the face */
    size_t *lists[HULL_DIMENSION_MAX + 1]; /* facets of the face */
    size_t *stamps[HULL_DIMENSION_MAX + 1]; /* [vertex_count] last stamp that saw a vertex */
};

static enum status cones_allocate(struct search *search, struct arena *arena, struct error *error) {
    const struct fan *fan = &search->standard.fan;
    size_t width = fan->width;
    size_t longest = 0;
    for (size_t v = 0; v < fan->vertex_count; v++) {
        size_t length = fan->star_starts[v + 1] - fan->star_starts[v];
        longest = length > longest ? length : longest;
    }
    TRY(ARENA_NEW(arena, search->images, fan->facet_count * width, error));
    TRY(ARENA_NEW(arena, search->heights, COPOSITIVE_RAYS_MAX, error));
    TRY(ARENA_NEW(arena, search->vertex_form, 3 * width * width, error));
    search->restricted = search->vertex_form + width * width;
    search->product = search->restricted + width * width;
    TRY(ARENA_NEW(arena, search->unit, width, error));
    TRY(ARENA_NEW(arena, search->work, matrix_eigen_work(width), error));
    TRY(local_minima_make(search->most, width, arena, &search->found, error));
    for (size_t k = 1; k <= fan->dimension; k++) {
        TRY(ARENA_NEW(arena, search->bases[k], (k + 1) * width, error));
        TRY(ARENA_NEW(arena, search->lists[k], longest, error));
        TRY(ARENA_NEW(arena, search->stamps[k], fan->vertex_count, error));
    }
    return STATUS_OK;
}

static void cones_find_images(struct search *search) {
    const struct fan *fan = &search->standard.fan;
    size_t width = fan->width;
    double largest = 0.0;
    for (size_t f = 0; f < fan->facet_count; f++) {
        matrix_apply(width, width, search->standard.quadratic, fan->rays + f * width,
                     search->images + f * width);
    }
    for (size_t v = 0; v < fan->vertex_count; v++) {
        const double *point = fan->vertices + v * width;
        largest = fmax(largest, matrix_dot(width, point, point));
    }
    search->scale = search->standard.support * largest;
    for (size_t k = 0; k < width; k++) {
        search->scale += fabs(search->standard.quadratic[k * width + k]);
    }
}

static void cones_note(struct search *search, double value, const double *unit) {
    local_minima_add(&search->found, search->threshold, value, unit);
    if (search->most == 1 && value < search->threshold) {
        search->threshold = value;
    }
}

/* Whether sums of rays are about as long as their terms. In wider cones, those of thin clouds, rays
 * cancel, and the rounding of a pair of rays is no longer small compared with their sum. */
static bool cones_is_narrow(const struct search *search, const struct face *face) {
    const struct fan *fan = &search->standard.fan;
    size_t width = fan->width;
    double *middle = search->unit;
    memset(middle, 0, width * sizeof *middle);
    for (size_t i = 0; i < face->facet_count; i++) {
        for (size_t k = 0; k < width; k++) {
            middle[k] += fan->rays[face->facets[i] * width + k];
        }
    }
    matrix_normalise(width, middle);
    for (size_t i = 0; i < face->facet_count; i++) {
        if (!(matrix_dot(width, middle, fan->rays + face->facets[i] * width) > narrow)) {
            return false;
        }
    }
    return true;
}

/*
 * Whether the quadratic form on the cone of vertex v, minus the threshold, is at least 0 between
 * any two rays of the face's cone, and so everywhere in it, since every direction is a sum of rays.
 */
static bool cones_is_copositive(const struct search *search, const struct face *face) {
    const struct fan *fan = &search->standard.fan;
    size_t width = fan->width;
    if (fan->dimension != width || face->facet_count > COPOSITIVE_RAYS_MAX ||
        !cones_is_narrow(search, face)) {
        return false;
    }
    const double *point = fan->vertices + face->vertices[0] * width;
    for (size_t i = 0; i < face->facet_count; i++) {
        const double *ray = fan->rays + face->facets[i] * width;
        const double *image = search->images + face->facets[i] * width;
        search->heights[i] = matrix_dot(width, point, ray);
        for (size_t j = 0; j <= i; j++) {
            const double *other = fan->rays + face->facets[j] * width;
            double support = search->standard.support * search->heights[i] * search->heights[j];
            double quadratic = matrix_dot(width, image, other);
            double norm = search->threshold * matrix_dot(width, ray, other);
            double scale = fabs(support) + fabs(quadratic) + fabs(norm);
            if (!(support + quadratic - norm >= -copositive_rounding * scale)) {
                return false;
            }
        }
    }
    return true;
}

/* Restricts the quadratic form to the orthogonal complement of `count` edges, which become
 * eigenvectors of a larger eigenvalue than any other. */
static void cones_restrict_form(struct search *search, const double *basis, size_t count) {
    size_t width = search->standard.fan.width;
    memcpy(search->restricted, search->vertex_form, width * width * sizeof *search->restricted);
    matrix_restrict(width, basis, count, 2.0 * (double)width * search->scale, search->product,
                    search->restricted);
}

/* Tries the eigenvector of a face. Whether faces of its cone may still hold a lower value. */
static bool cones_try_face(struct search *search, const struct face *face) {
    const struct fan *fan = &search->standard.fan;
    size_t width = fan->width;
    if (face->vertex_count == width) { /* a ray */
        const double *ray = fan->rays + face->facets[0] * width;
        cones_note(search, quotient_value(&search->standard, ray, face->vertices[0]), ray);
        return false;
    }
    cones_restrict_form(search, search->bases[face->vertex_count], face->vertex_count - 1);
    double value = matrix_smallest_eigenpair(width, search->restricted, search->unit, search->work);
    if (value - eigen_rounding * search->scale >= search->threshold) {
        return false;
    }
    const double *point = fan->vertices + face->vertices[0] * width;
    if (matrix_dot(width, search->unit, point) > 0.0) {
        for (size_t i = 0; i < width; i++) {
            search->unit[i] = -search->unit[i];
        }
    }
    /* The value counts even outside the cone, where rounding may have put the eigenvector: it is
     * that of a direction just inside. Farther away, faces of the cone hold the minimum. */
    size_t lowest = fan_lowest_near(fan, search->unit, face->vertices[0], WALK_MAX);
    bool inside = false;
    if (lowest != SIZE_MAX) {
        double here = matrix_dot(width, search->unit, point);
        double there = matrix_dot(width, search->unit, fan->vertices + lowest * width);
        inside = here - there <= rounding * matrix_length(width, point);
        cones_note(search, quotient_value(&search->standard, search->unit, lowest), search->unit);
    }
    return !inside;
}

/* Whether a facet contains a face; vertices of both ascend. */
static bool cones_contains(const struct fan *fan, size_t facet, const struct face *face) {
    const size_t *vertices = fan->facets + facet * fan->dimension;
    size_t k = 0;
    for (size_t i = 0; i < fan->dimension && k < face->vertex_count; i++) {
        k += vertices[i] == face->vertices[k];
    }
    return k == face->vertex_count;
}

/* Adds the edge from the first vertex to the last, orthonormal to those before. */
static void cones_extend_basis(struct search *search, const struct face *face) {
    const struct fan *fan = &search->standard.fan;
    size_t width = fan->width;
    size_t count = face->vertex_count;
    double *basis = search->bases[count];
    double *edge = basis + (count - 2) * width;
    const double *from = fan->vertices + face->vertices[0] * width;
    const double *to = fan->vertices + face->vertices[count - 1] * width;
    if (count > 2) {
        memcpy(basis, search->bases[count - 1], (count - 2) * width * sizeof *basis);
    }
    for (size_t i = 0; i < width; i++) {
        edge[i] = to[i] - from[i];
    }
    matrix_orthogonalise(width, basis, count - 2, edge);
    matrix_normalise(width, edge);
}

static struct face cones_extend(struct search *search, const struct face *face, size_t vertex) {
    const struct fan *fan = &search->standard.fan;
    struct face child = *face;
    child.vertices[child.vertex_count++] = vertex;
    child.facets = search->lists[child.vertex_count];
    child.facet_count = 0;
    const size_t *star = fan->star + fan->star_starts[vertex];
    size_t star_length = fan->star_starts[vertex + 1] - fan->star_starts[vertex];
    bool shorter = star_length < face->facet_count;
    const size_t *from = shorter ? star : face->facets;
    size_t count = shorter ? star_length : face->facet_count;
    for (size_t k = 0; k < count; k++) {
        if (cones_contains(fan, from[k], &child)) {
            child.facets[child.facet_count++] = from[k];
        }
    }
    cones_extend_basis(search, &child);
    return child;
}

/* Each face is visited from its first vertex only, hence once. */
static void cones_descend(struct search *search, const struct face *face) {
    const struct fan *fan = &search->standard.fan;
    if (cones_is_copositive(search, face) || !cones_try_face(search, face) ||
        face->vertex_count == fan->dimension) {
        return;
    }
    size_t *stamps = search->stamps[face->vertex_count];
    size_t stamp = ++search->stamp;
    size_t last = face->vertices[face->vertex_count - 1];
    for (size_t k = 0; k < face->facet_count; k++) {
        const size_t *vertices = fan->facets + face->facets[k] * fan->dimension;
        for (size_t i = 0; i < fan->dimension; i++) {
            if (vertices[i] > last && stamps[vertices[i]] != stamp) {
                stamps[vertices[i]] = stamp;
                struct face child = cones_extend(search, face, vertices[i]);
                cones_descend(search, &child);
            }
        }
    }
}

/* Rays of facets first: they cost next to nothing, and their values bound the rest. */
static void cones_try_rays(struct search *search) {
    const struct fan *fan = &search->standard.fan;
    for (size_t f = 0; f < fan->facet_count; f++) {
        cones_note(search,
                   quotient_value(&search->standard, fan->rays + f * fan->width,
                                  fan->facets[f * fan->dimension]),
                   fan->rays + f * fan->width);
    }
}

/* Directions orthogonal to the affine hull, along which all samples are equal, belong to every
 * cone. */
static void cones_try_orthogonal(struct search *search) {
    const struct fan *fan = &search->standard.fan;
    size_t width = fan->width;
    if (fan->dimension == width) {
        return;
    }
    double *basis = search->bases[fan->dimension];
    fan_span(fan, basis);
    memcpy(search->vertex_form, search->standard.quadratic,
           width * width * sizeof *search->vertex_form);
    cones_restrict_form(search, basis, fan->dimension);
    double value = matrix_smallest_eigenpair(width, search->restricted, search->unit, search->work);
    cones_note(search, value, search->unit);
}

/* Searches all cones. */
static void cones_search(struct search *search) {
    const struct fan *fan = &search->standard.fan;
    cones_find_images(search);
    cones_try_orthogonal(search);
    if (search->most == 1) {
        cones_try_rays(search);
    }
    for (size_t v = 0; v < fan->vertex_count; v++) {
        struct face root = {.vertices = {v},
                            .vertex_count = 1,
                            .facets = fan->star + fan->star_starts[v],
                            .facet_count = fan->star_starts[v + 1] - fan->star_starts[v]};
        quotient_on_cone(&search->standard, v, search->vertex_form);
        cones_descend(search, &root);
    }
}

enum status cones_below(const struct fan *fan, const struct quotient *quotient, double threshold,
                        size_t most, struct arena *arena, struct local_minima *minima,
                        struct error *error) {
    struct search search = {.threshold = threshold, .most = most};
    size_t width = fan->width;
    TRY(quotient_standardise(fan, quotient, arena, &search.standard, error));
    TRY(cones_allocate(&search, arena, error));
    cones_search(&search);
    *minima = search.found;
    TRY(ARENA_NEW(arena, minima->directions, (minima->count + 1) * width, error));
    for (size_t k = 0; k < minima->count; k++) { /* back in the coordinates of the caller */
        matrix_apply(width, width, search.standard.back, search.found.directions + k * width,
                     minima->directions + k * width);
    }
    return STATUS_OK;
}
