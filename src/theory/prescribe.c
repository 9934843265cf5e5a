#include "theory/prescribe.h"

#include <math.h>
#include <string.h>

enum status prescribe_margin(const struct geometry *geometry, double tolerance, struct arena *arena,
                             struct margin *margin, struct error *error) {
    if (!geometry->fan.complete) {
        return error_set(error, STATUS_BAD_INPUT,
                         "no prescription for %zu sources: it needs the exact margin, which "
                         "cannot be computed when the points span more than %d dimensions or "
                         "their convex hull has too many faces",
                         geometry->cloud.sources, HULL_DIMENSION_MAX);
    }
    return margin_find(geometry, tolerance, arena, margin, error);
}

enum status prescribe_direction(const struct geometry *geometry, const struct margin *margin,
                                double tolerance, struct arena *arena, double *direction,
                                struct error *error) {
    const struct cloud *cloud = &geometry->cloud;
    double unit = 0.0;
    memcpy(direction, margin->direction, cloud->sources * sizeof *direction);
    for (size_t j = 0; j < cloud->sources; j++) {
        unit += pow(cloud->range[j] * direction[j], 2.0);
    }
    if (margin->value < -tolerance * unit) {
        return STATUS_OK;
    }
    double value;
    double bound;
    return margin_in_ranges(geometry, arena, &value, &bound, direction, error);
}
