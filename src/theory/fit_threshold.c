#include "theory/fit_threshold.h"

#include "theory/matrix.h"

#include <string.h>

enum { STEPS_MAX = 100 };

static const double precision = 1e-12; /* relative, of the fit and of the squared error */
static const double least_part = 1e-3; /* of a bracket, that a step takes off */

/* mean|s − ŝ|² of the best output weights: tr (I − A) C (I − A)ᵀ, A = W_out W_in. */
static enum status fit_threshold_squared_error(const struct cloud *cloud,
                                               const struct neurons *neurons, struct arena *arena,
                                               double *result, struct error *error) {
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
        *result += matrix_quadratic_form(sources, cloud->covariance, rest + i * sources,
                                         rest + i * sources);
    }
    return STATUS_OK;
}

/* The optimum at fit f, and how far its squared error is above the threshold. */
static enum status fit_threshold_solve_at(const struct geometry *geometry,
                                          const struct costs *costs, double fit, double threshold,
                                          size_t most_neurons, struct arena *arena,
                                          struct optimum *optimum, double *above,
                                          struct error *error) {
    struct costs scaled = *costs;
    double squared;
    scaled.fit = fit;
    TRY(optimum_find(geometry, &scaled, most_neurons, arena, optimum, error));
    TRY(fit_threshold_squared_error(&geometry->cloud, &optimum->neurons, arena, &squared, error));
    *above = squared - threshold;
    return STATUS_OK;
}

/* A bracket of the fit at which the squared error meets the threshold. */
struct bracket {
    double low, high; /* fits */
    double low_above,
        high_above;  /* squared error minus threshold, above 0 and not; see fit_threshold_narrow */
    double short_by; /* threshold minus squared error at `high` */
};

/* Between the ends, by their values; in the middle where that would creep along one end. */
static double fit_threshold_next(const struct bracket *bracket) {
    double width = bracket->high - bracket->low;
    double part = bracket->low_above / (bracket->low_above - bracket->high_above);
    bool creeps = !(part > least_part && part < 1.0 - least_part);
    return bracket->low + (creeps ? 0.5 : part) * width;
}

/* Regula falsi in the Illinois form: the value of an end that stays is halved. */
static void fit_threshold_narrow(struct bracket *bracket, double fit, double above, int *side) {
    if (above > 0.0) {
        bracket->low = fit;
        bracket->low_above = above;
        bracket->high_above *= *side > 0 ? 0.5 : 1.0;
        *side = 1;
    } else {
        bracket->high = fit;
        bracket->high_above = above;
        bracket->short_by = -above;
        bracket->low_above *= *side < 0 ? 0.5 : 1.0;
        *side = -1;
    }
}

/* The fit at which the squared error meets the threshold, from the side where it is not above;
 * bracket->high is such a fit. */
static enum status fit_threshold_find_fit(const struct geometry *geometry,
                                          const struct costs *costs, double threshold,
                                          size_t most_neurons, struct bracket bracket, double *fit,
                                          struct error *error) {
    SCOPED(arena_free) struct arena scratch = {0};
    int side = 0;
    for (int step = 0; step < STEPS_MAX && bracket.high - bracket.low > precision * bracket.high &&
                       bracket.short_by > precision * threshold;
         step++) {
        struct optimum optimum;
        double above;
        double middle = fit_threshold_next(&bracket);
        arena_reset(&scratch);
        TRY(fit_threshold_solve_at(geometry, costs, middle, threshold, most_neurons, &scratch,
                                   &optimum, &above, error));
        fit_threshold_narrow(&bracket, middle, above, &side);
    }
    *fit = bracket.high;
    return STATUS_OK;
}

enum status fit_threshold_optimum(const struct geometry *geometry, const struct costs *costs,
                                  double threshold, size_t most_neurons, struct arena *arena,
                                  struct optimum *optimum, struct error *error) {
    double above;
    double fit = costs->fit;
    if (threshold == 0.0 || !costs_are_bounded(costs)) { /* which optimum_find refuses */
        return optimum_find(geometry, costs, most_neurons, arena, optimum, error);
    }
    double variance = matrix_trace(geometry->cloud.sources, geometry->cloud.covariance);
    if (variance <= threshold) {
        *optimum = (struct optimum){.gap = NAN, .price = NAN, .angle = NAN}; /* no neurons */
        return STATUS_OK;
    }
    TRY(fit_threshold_solve_at(geometry, costs, fit, threshold, most_neurons, arena, optimum,
                               &above, error));
    if (above < 0.0) {
        struct bracket bracket = {0.0, fit, variance - threshold, above, -above};
        TRY(fit_threshold_find_fit(geometry, costs, threshold, most_neurons, bracket, &fit, error));
        TRY(fit_threshold_solve_at(geometry, costs, fit, threshold, most_neurons, arena, optimum,
                                   &above, error));
    }
    /* The squared error may jump at the fit that was found, where neurons are limited. */
    optimum->energy += costs->fit * fmax(0.0, above) - fit * (above + threshold);
    optimum->bound -= fit * threshold;
    optimum->modular_energy = NAN; /* would have a fit of its own */
    optimum->price = NAN;
    optimum->gap = fmax(0.0, 1.0 - optimum->bound / optimum->energy);
    return STATUS_OK;
}
