/**
 * @file
 * Facets by Qhull; use hull_make unless the dimension is known.
 */
#pragma once

#include "theory/facets.h"

/**
 * Fills vertices, facets and normals of a hull whose columns and dimension (2 or more) are known.
 * hull->complete becomes false when there would be more than HULL_FACES_MAX faces.
 */
enum status qhull_facets(const struct cloud *cloud, struct arena *arena, struct hull *hull,
                         struct error *error) CHECKED;
