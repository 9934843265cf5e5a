#include "theory/negativity.h"

#include "theory/matrix.h"

enum status negativity_sufficient(const struct geometry *geometry, const struct costs *costs,
                                  double energy, struct arena *arena, double *coefficient,
                                  struct error *error) {
    const struct cloud *cloud = &geometry->cloud;
    size_t sources = cloud->sources;
    double *matrix;
    double *inverse;
    double largest = 0.0;
    double least_weight = 1.0;
    *coefficient = NAN;
    if (!geometry->hull.complete) {
        return STATUS_OK;
    }
    TRY(ARENA_NEW(arena, matrix, sources * sources, error));
    TRY(ARENA_NEW(arena, inverse, sources * sources, error));
    for (size_t k = 0; k < sources * sources; k++) {
        matrix[k] = costs->activity * cloud->covariance[k] +
                    (k % (sources + 1) == 0 ? costs->weights_in : 0.0);
    }
    struct error ignored;
    if (matrix_inverse(sources, matrix, arena, inverse, &ignored) != STATUS_OK) {
        return STATUS_OK;
    }
    for (size_t v = 0; v < geometry->hull.vertex_count; v++) {
        size_t sample = geometry->hull.vertices[v];
        const double *point = cloud->points + sample * sources;
        largest = fmax(largest, matrix_quadratic_form(sources, inverse, point, point));
        least_weight = fmin(least_weight, cloud->weights[sample]);
    }
    *coefficient = 2.0 * costs->activity * sqrt(energy * largest) / least_weight;
    return STATUS_OK;
}
