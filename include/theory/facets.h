/**
 * @file
 * What hull.h finds and fan.h starts from: vertices and facets of a convex hull.
 */
#pragma once

#include "theory/cloud.h"

enum {
    /** Hulls of higher dimension are not attempted: a facet has 2^dimension faces. */
    HULL_DIMENSION_MAX = 8,
    /** A hull whose facets would have more faces is given up. */
    HULL_FACES_MAX = 1 << 22,
};

/**
 * Vertices and facets of the hull. Facets are simplices: those with more vertices are triangulated.
 * Points inside a facet or an edge are no vertices.
 */
struct hull {
    size_t dimension; /**< d ≤ S, of the affine hull; at least 1. Below S where sources are
                           constant or linear functions of the others */
    bool complete;    /**< false: too large, and there are neither vertices nor facets */
    size_t *columns;  /**< [d] sources that are independent, ascending; the others are linear in
                            them, to 1e-10 of their ranges */
    size_t vertex_count;
    size_t *vertices; /**< [vertex_count], samples of the cloud, ascending */
    size_t facet_count;
    size_t *facets;  /**< [facet_count][d], indices into `vertices`, ascending in a facet */
    double *normals; /**< [facet_count][S]: w that is smallest, over all points, on this facet; 0
                          for sources outside `columns` */
};
