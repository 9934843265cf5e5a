#include "theory/geometry.h"

#include "theory/hull.h"

#include <math.h>
#include <string.h>

enum status geometry_complete(struct geometry *geometry, struct arena *arena, struct error *error) {
    TRY(hull_make(&geometry->cloud, arena, &geometry->hull, error));
    return fan_make(&geometry->cloud, &geometry->hull, arena, &geometry->fan, error);
}

enum status geometry_make(const double *points, const double *weights, size_t samples,
                          size_t sources, struct arena *arena, struct geometry *geometry,
                          struct error *error) {
    TRY(cloud_make(points, weights, samples, sources, arena, &geometry->cloud, error));
    return geometry_complete(geometry, arena, error);
}

/* Vertices and added samples, around the old mean. */
static enum status geometry_gather(const struct geometry *old, const double *added, size_t count,
                                   struct arena *arena, struct cloud *cloud, struct error *error) {
    size_t sources = cloud->sources;
    size_t vertices = old->hull.vertex_count;
    cloud->samples = vertices + count;
    TRY(ARENA_NEW(arena, cloud->points, cloud->samples * sources, error));
    for (size_t v = 0; v < vertices; v++) {
        memcpy(cloud->points + v * sources, old->cloud.points + old->hull.vertices[v] * sources,
               sources * sizeof *cloud->points);
    }
    for (size_t k = 0; k < count * sources; k++) {
        size_t j = k % sources;
        cloud->points[vertices * sources + k] =
            cloud->range[j] > 0.0 ? added[k] - old->cloud.mean[j] : 0.0;
    }
    return STATUS_OK;
}

/* By how much the mean moves into shift[S], and the covariance. */
static void geometry_shift_moments(const struct cloud *old, size_t count, struct cloud *cloud,
                                   double *shift) {
    size_t sources = cloud->sources;
    const double *added = cloud->points + (cloud->samples - count) * sources;
    double share = 1.0 / (double)(old->samples + count); /* of an average sample, then */
    for (size_t n = 0; n < count; n++) {
        const double *point = added + n * sources;
        for (size_t j = 0; j < sources; j++) {
            shift[j] += share * point[j];
            for (size_t k = 0; k < sources; k++) {
                cloud->covariance[j * sources + k] += share * point[j] * point[k];
            }
        }
    }
    for (size_t j = 0; j < sources; j++) {
        for (size_t k = 0; k < sources; k++) {
            cloud->covariance[j * sources + k] +=
                (double)old->samples * share * old->covariance[j * sources + k] -
                shift[j] * shift[k];
        }
    }
}

/* Moves the points to the new mean; the condition's matrix. */
static void geometry_centre(const struct cloud *old, const double *shift, struct cloud *cloud) {
    size_t sources = cloud->sources;
    for (size_t j = 0; j < sources; j++) {
        double low = 0.0;
        double high = 0.0;
        for (size_t n = 0; n < cloud->samples; n++) {
            double *value = &cloud->points[n * sources + j];
            *value -= shift[j];
            low = fmin(low, *value);
            high = fmax(high, *value);
        }
        cloud->mean[j] = old->mean[j] + shift[j];
        cloud->reach[j] = fmin(-low, high);
        for (size_t k = 0; k < sources; k++) {
            cloud->condition[j * sources + k] = -cloud->covariance[j * sources + k];
        }
        cloud->condition[j * sources + j] = cloud->reach[j] * cloud->reach[j];
    }
}

enum status geometry_augment(const struct geometry *old, const double *added, size_t count,
                             struct arena *arena, struct geometry *augmented, struct error *error) {
    size_t sources = old->cloud.sources;
    struct cloud *cloud = &augmented->cloud;
    double *shift;
    *cloud = (struct cloud){.sources = sources, .range = old->cloud.range};
    TRY(ARENA_NEW(arena, shift, sources, error));
    TRY(ARENA_NEW(arena, cloud->mean, sources, error));
    TRY(ARENA_NEW(arena, cloud->reach, sources, error));
    TRY(ARENA_NEW(arena, cloud->covariance, sources * sources, error));
    TRY(ARENA_NEW(arena, cloud->condition, sources * sources, error));
    TRY(geometry_gather(old, added, count, arena, cloud, error));
    geometry_shift_moments(&old->cloud, count, cloud, shift);
    geometry_centre(&old->cloud, shift, cloud);
    return geometry_complete(augmented, arena, error);
}
