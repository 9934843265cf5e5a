#include "theory/bounding_box.h"

#include "theory/matrix.h"

#include <math.h>

/* Of the largest component of a direction, in ranges, and of heights along it: rounding. */
static const double rounding_share = 1e-10;

enum status bounding_box_make(const struct cloud *cloud, const double *points, struct arena *arena,
                              struct bounding_box *box, struct error *error) {
    *box = (struct bounding_box){.cloud = cloud, .points = points};
    TRY(ARENA_NEW(arena, box->low, cloud->sources, error));
    TRY(ARENA_NEW(arena, box->high, cloud->sources, error));
    for (size_t j = 0; j < cloud->sources; j++) {
        box->low[j] = INFINITY;
        box->high[j] = -INFINITY;
        for (size_t n = 0; n < cloud->samples; n++) {
            box->low[j] = fmin(box->low[j], points[n * cloud->sources + j]);
            box->high[j] = fmax(box->high[j], points[n * cloud->sources + j]);
        }
    }
    return STATUS_OK;
}

/* −1 or 1, or 0 where a component is not above a share of the largest. */
static double bounding_box_sign_along(const struct cloud *cloud, const double *direction,
                                      double share, size_t j) {
    double largest = 0.0;
    for (size_t k = 0; k < cloud->sources; k++) {
        largest = fmax(largest, fabs(direction[k]) * cloud->range[k]);
    }
    bool open = fabs(direction[j]) * cloud->range[j] <= share * largest;
    return open ? 0.0 : copysign(1.0, direction[j]);
}

/* The squared distance, in ranges, from a sample to the sides that the direction asks for. */
static double bounding_box_distance_to_sides(const struct bounding_box *box,
                                             const double *direction, size_t sample) {
    const struct cloud *cloud = box->cloud;
    double sum = 0.0;
    for (size_t j = 0; j < cloud->sources; j++) {
        double sign = bounding_box_sign_along(cloud, direction, rounding_share, j);
        double side = sign > 0.0 ? box->low[j] : box->high[j];
        double distance = side - box->points[sample * cloud->sources + j];
        sum += sign != 0.0 ? pow(distance / cloud->range[j], 2.0) : 0.0;
    }
    return sum;
}

size_t bounding_box_support(const struct bounding_box *box, const double *direction) {
    const struct cloud *cloud = box->cloud;
    double limit = -cloud_support(cloud, direction);
    double nearest = INFINITY;
    size_t found = 0;
    for (size_t j = 0; j < cloud->sources; j++) {
        limit += rounding_share * fabs(direction[j]) * cloud->range[j];
    }
    for (size_t n = 0; n < cloud->samples; n++) {
        if (matrix_dot(cloud->sources, direction, cloud->points + n * cloud->sources) <= limit) {
            double distance = bounding_box_distance_to_sides(box, direction, n);
            found = distance < nearest ? n : found;
            nearest = fmin(nearest, distance);
        }
    }
    return found;
}

void bounding_box_corner(const struct bounding_box *box, const double *direction, bool strict,
                         size_t from, double *corner) {
    const struct cloud *cloud = box->cloud;
    for (size_t j = 0; j < cloud->sources; j++) {
        double value = box->points[from * cloud->sources + j];
        double sign = bounding_box_sign_along(cloud, direction, strict ? 0.0 : rounding_share, j);
        bool low = sign != 0.0 ? sign > 0.0 : value - box->low[j] <= box->high[j] - value;
        corner[j] = low ? box->low[j] : box->high[j];
    }
}

bool bounding_box_corner_at(const struct bounding_box *box, const double *point, size_t *corner) {
    const struct cloud *cloud = box->cloud;
    size_t bit = 1;
    *corner = 0;
    for (size_t j = 0; j < cloud->sources; j++) {
        if (cloud->range[j] == 0.0) {
            continue;
        }
        if (point[j] != box->low[j] && point[j] != box->high[j]) {
            return false;
        }
        *corner |= point[j] == box->high[j] ? bit : 0;
        bit <<= 1;
    }
    return true;
}
