/**
 * @file
 * The convex hull of a cloud, in the dimension of its affine hull: Qhull (Barber, Dobkin, Huhdanpaa
 * 1996) from three dimensions on, a monotone chain (Andrew 1979) in the plane, where Qhull's
 * preparations would take longer than all the rest.
 */
#pragma once

#include "theory/facets.h"

/**
 * Finds the hull; arrays belong to the arena. A hull that is too large (complete is false) is no
 * error. STATUS_BAD_INPUT when Qhull fails.
 */
enum status hull_make(const struct cloud *cloud, struct arena *arena, struct hull *hull,
                      struct error *error) CHECKED;
