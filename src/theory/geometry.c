#include "theory/geometry.h"

#include "theory/hull.h"

enum status geometry_make(const double *points, const double *weights, size_t samples,
                          size_t sources, struct arena *arena, struct geometry *geometry,
                          struct error *error) {
    TRY(cloud_make(points, weights, samples, sources, arena, &geometry->cloud, error));
    TRY(hull_make(&geometry->cloud, arena, &geometry->hull, error));
    return fan_make(&geometry->cloud, &geometry->hull, arena, &geometry->fan, error);
}
