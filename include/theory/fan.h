/**
 * @file
 * The normal fan of a cloud's hull. Directions w for which the same vertex v is the lowest point,
 * min_i w·s̄_i = w·v, form the normal cone of v; it is spanned by the inner normals of the facets
 * around v. On it the support function max_i −w·s̄_i is the linear function −w·v, so what depends on
 * w through it and through quadratic forms alone is a quadratic form on every cone.
 */
#pragma once

#include "theory/facets.h"

/**
 * A fan, in `width` coordinates, at least the hull's dimension d. Directions orthogonal to the
 * affine hull belong to every cone.
 */
struct fan {
    size_t width;
    size_t dimension; /**< d */
    bool complete;    /**< false: the hull is too large; `vertices` then holds all points, and there
                           are no facets */
    size_t vertex_count;
    double *vertices; /**< [vertex_count][width] */
    size_t facet_count;
    const size_t *facets;     /**< [facet_count][d] vertices, ascending; of the hull */
    double *rays;             /**< [facet_count][width] inner normals, unit length */
    size_t *star_starts;      /**< [vertex_count + 1] into `star` */
    size_t *star;             /**< facets around each vertex */
    size_t *neighbour_starts; /**< [vertex_count + 1] into `neighbours` */
    size_t *neighbours;       /**< vertices that share a facet with each vertex */
};

/** The fan of a hull, width S, centred coordinates. Arrays belong to the arena. */
enum status fan_make(const struct cloud *cloud, const struct hull *hull, struct arena *arena,
                     struct fan *fan, struct error *error) CHECKED;

/**
 * The same fan after the linear map x ↦ points · x of points, [width][fan->width], and w ↦
 * directions · w of directions, likewise. (For a change of basis one is the other's inverse
 * transpose.) What is not coordinates is shared with the old fan.
 */
enum status fan_map(const struct fan *fan, size_t width, const double *points,
                    const double *directions, struct arena *arena, struct fan *mapped,
                    struct error *error) CHECKED;

/**
 * The vertex at which w·v is smallest: by walking downhill from vertex `from`, since a local
 * minimum over the vertices of a hull is global, or by trying all points where the fan is not
 * complete.
 */
size_t fan_lowest(const struct fan *fan, const double *direction, size_t from);

/** The same on a complete fan, in at most `steps` of the walk; SIZE_MAX when these do not suffice.
 */
size_t fan_lowest_near(const struct fan *fan, const double *direction, size_t from, size_t steps);

/** An orthonormal basis of the directions of the affine hull, into basis[dimension + 1][width], of
 * which the last row is scratch. */
void fan_span(const struct fan *fan, double *basis);
