#include "theory/hinge.h"

#include "theory/matrix.h"

#include <string.h>

/* Halvings of an interval that begins at the fit itself: to rounding. */
enum { HALVINGS = 50 };

/* mean|s − ŝ|² of the best output weights: tr (I − A) C (I − A)ᵀ, A = W_out W_in. */
static enum status squared_error(const struct cloud *cloud, const struct neurons *neurons,
                                 struct arena *arena, double *result, struct error *error) {
    size_t sources = cloud->sources;
    double *rest;
    TRY(ARENA_NEW(arena, rest, sources * sources, error));
    for (size_t i = 0; i < sources; i++) {
        rest[i * sources + i] = 1.0;
        for (size_t j = 0; j < sources; j++) {
            for (size_t k = 0; k < neurons->count; k++) {
                rest[i * sources + j] -=
                    neurons->weights_out[k * sources + i] * neurons->weights_in[k * sources + j];
            }
        }
    }
    *result = 0.0;
    for (size_t i = 0; i < sources; i++) {
        *result += matrix_form(sources, cloud->covariance, rest + i * sources, rest + i * sources);
    }
    return STATUS_OK;
}

/* The optimum at fit f, and how far its squared error is above the threshold. */
static enum status solve_at(const struct geometry *geometry, const struct costs *costs, double fit,
                            double threshold, size_t most_neurons, struct arena *arena,
                            struct optimum *optimum, double *above, struct error *error) {
    struct costs scaled = *costs;
    double squared;
    scaled.fit = fit;
    TRY(optimum_find(geometry, &scaled, most_neurons, arena, optimum, error));
    TRY(squared_error(&geometry->cloud, &optimum->neurons, arena, &squared, error));
    *above = squared - threshold;
    return STATUS_OK;
}

/* The fit at which the squared error meets the threshold, from the side where it is not above. */
static enum status find_fit(const struct geometry *geometry, const struct costs *costs,
                            double threshold, size_t most_neurons, double *fit,
                            struct error *error) {
    struct arena scratch = {0};
    double low = 0.0;
    double high = costs->fit;
    enum status status = STATUS_OK;
    for (int halving = 0; halving < HALVINGS && status == STATUS_OK; halving++) {
        struct optimum optimum;
        double middle = 0.5 * (low + high);
        double above = 0.0;
        arena_reset(&scratch);
        status = solve_at(geometry, costs, middle, threshold, most_neurons, &scratch, &optimum,
                          &above, error);
        low = above > 0.0 ? middle : low;
        high = above > 0.0 ? high : middle;
    }
    arena_free(&scratch);
    *fit = high;
    return status;
}

static void set_nothing(struct optimum *optimum) {
    *optimum = (struct optimum){.gap = NAN, .price = NAN, .angle = NAN};
}

enum status hinge_optimum(const struct geometry *geometry, const struct costs *costs,
                          double threshold, size_t most_neurons, struct arena *arena,
                          struct optimum *optimum, struct error *error) {
    double above;
    double fit = costs->fit;
    if (threshold == 0.0) {
        return optimum_find(geometry, costs, most_neurons, arena, optimum, error);
    }
    if (!costs_are_bounded(costs)) {
        return optimum_find(geometry, costs, most_neurons, arena, optimum, error); /* tells why */
    }
    if (matrix_trace(geometry->cloud.sources, geometry->cloud.covariance) <= threshold) {
        set_nothing(optimum);
        return STATUS_OK;
    }
    TRY(solve_at(geometry, costs, fit, threshold, most_neurons, arena, optimum, &above, error));
    if (above < 0.0) {
        TRY(find_fit(geometry, costs, threshold, most_neurons, &fit, error));
        TRY(solve_at(geometry, costs, fit, threshold, most_neurons, arena, optimum, &above, error));
    }
    /* The squared error may jump at the fit that was found, where neurons are limited. */
    optimum->energy += costs->fit * fmax(0.0, above) - fit * (above + threshold);
    optimum->bound -= fit * threshold;
    optimum->modular_energy = NAN; /* would have a fit of its own */
    optimum->price = NAN;
    optimum->gap = fmax(0.0, 1.0 - optimum->bound / optimum->energy);
    return STATUS_OK;
}
