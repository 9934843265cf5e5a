#include "theory/optimum.h"

#include "theory/angle.h"
#include "theory/cones.h"
#include "theory/matrix.h"
#include "theory/neurons.h"
#include "theory/partition.h"

#include <math.h>

enum {
    ROUNDS_MAX = 200,
    ROUNDS_WITHOUT_FAN = 8, /* each costs a search by partition */
    IDLE_ROUNDS = 6,        /* in a row without progress: rounding limits it */
    NEURONS_ADDED_MAX = 24, /* in a round */
};

static const double wanted_gap = 1e-10;
static const double pruned_share = 1e-12; /* of the energy: neurons that cost less are dropped */

static const double progress = 0.9; /* a gap below this share of the smallest before is progress */
static const double rounding = 1e-12; /* relative difference of equal energies */

struct search {
    struct problem problem;
    double *root;         /* [d][d] of Q = problem.quadratic: Q = rootᵀ root */
    double *inverse_root; /* [d][d] */
    double *surplus;      /* [d][d] */
    double largest_ratio; /* certified max over w of weights_out · wᵀV²w / a(w), not below 1 */
};

/*
 * The reduced cost of a neuron, a(w) − weights_out · wᵀV²w, over wᵀQw, Q = activity ·
 * C + weights_in: at least ν ≤ 0 for all w means weights_out · wᵀV²w ≤ (1 − ν) a(w), since a(w) ≥
 * wᵀQw. (Over wᵀV²w it would be of very different size along neurons that are hardly used.)
 */
static struct quotient optimum_surplus(const struct search *search) {
    const struct problem *problem = &search->problem;
    size_t width = problem->width;
    const double *covariance = problem->design.covariance;
    for (size_t i = 0; i < width; i++) {
        for (size_t j = 0; j < width; j++) {
            search->surplus[i * width + j] =
                problem->quadratic[i * width + j] -
                problem->costs->weights_out *
                    matrix_dot(width, covariance + i * width, covariance + j * width);
        }
    }
    return (struct quotient){.support = problem->costs->activity,
                             .quadratic = search->surplus,
                             .root = search->root,
                             .inverse_root = search->inverse_root};
}

/* Adds neurons that violate the optimality condition of the present design; whether any do. */
static enum status optimum_add_columns(struct search *search, struct arena *arena, bool *any,
                                       struct error *error) {
    struct problem *problem = &search->problem;
    struct quotient quotient = optimum_surplus(search);
    struct local_minima minima;
    double lowest = -wanted_gap;
    if (problem->fan.complete) {
        TRY(cones_below(&problem->fan, &quotient, -wanted_gap, NEURONS_ADDED_MAX, arena, &minima,
                        error));
        lowest = minima.count > 0 ? minima.values[0] : lowest;
    } else {
        TRY(partition_below(&problem->fan, &quotient, -wanted_gap, NEURONS_ADDED_MAX, arena,
                            &minima, &lowest, error));
    }
    search->largest_ratio = 1.0 - fmin(lowest, 0.0);
    for (size_t k = 0; k < minima.count; k++) {
        problem_add(problem, minima.directions + k * problem->width);
    }
    *any = minima.count > 0;
    return STATUS_OK;
}

/*
 * For any symmetric Y with weights_out · wᵀY²w ≤ a(w), tr X⁻¹ ≥ 2 tr Y − tr(YXY) gives
 * φ ≥ weights_out · (2 tr Y − tr(Y² prior)). Y = scale · V with the largest scale that is allowed.
 */
static double optimum_bound_by_covariance(const struct search *search) {
    const struct design *design = &search->problem.design;
    double trace = matrix_trace(design->width, design->covariance);
    double with_prior = design->output * design->prior_share;
    double scale = 1.0 / sqrt(search->largest_ratio);
    if (with_prior > 0.0) {
        scale = fmin(scale, design->output * trace / with_prior);
    }
    return 2.0 * design->output * scale * trace - scale * scale * with_prior;
}

/* tr(Q prior) = ridge · |R⁻ᵀ rootᵀ|², Q = rootᵀ root, by one forward substitution a column. */
static enum status optimum_find_prior_share(const struct search *search, struct arena *arena,
                                            double *share, struct error *error) {
    const struct design *design = &search->problem.design;
    size_t width = design->width;
    double *solved;
    TRY(ARENA_NEW(arena, solved, width, error));
    *share = 0.0;
    for (size_t c = 0; design->prior_root != NULL && c < width; c++) {
        for (size_t i = 0; i < width; i++) {
            solved[i] = search->root[c * width + i];
            for (size_t k = 0; k < i; k++) {
                solved[i] -= design->prior_root[k * width + i] * solved[k];
            }
            solved[i] /= design->prior_root[i * width + i];
        }
        *share += design->ridge * matrix_dot(width, solved, solved);
    }
    return STATUS_OK;
}

/* The same with Y² in proportion to activity · C + weights_in, which needs no support function. */
static enum status optimum_bound_by_moments(const struct search *search, struct arena *arena,
                                            double *bound, struct error *error) {
    const struct problem *problem = &search->problem;
    size_t width = problem->width;
    double *values;
    double *vectors;
    double trace = 0.0;
    double with_prior = 0.0;
    TRY(ARENA_NEW(arena, values, width, error));
    TRY(ARENA_NEW(arena, vectors, width * width, error));
    TRY(matrix_eigen(width, problem->quadratic, values, vectors, error));
    for (size_t k = 0; k < width; k++) {
        trace += sqrt(fmax(values[k], 0.0));
    }
    TRY(optimum_find_prior_share(search, arena, &with_prior, error));
    double scale = 1.0;
    double root = sqrt(problem->costs->weights_out);
    if (with_prior > 0.0) {
        scale = fmin(scale, root * trace / with_prior);
    }
    *bound = 2.0 * root * scale * trace - scale * scale * with_prior;
    return STATUS_OK;
}

/* Column generation until the certificate holds or rounds are used up. */
static enum status optimum_generate(struct search *search, struct optimum *optimum,
                                    struct error *error) {
    struct design *design = &search->problem.design;
    SCOPED(arena_free) struct arena scratch = {0};
    bool any = true;
    int idle = 0;
    size_t rounds = 0;
    double least_gap = INFINITY;
    size_t most = search->problem.fan.complete ? ROUNDS_MAX : ROUNDS_WITHOUT_FAN;
    while (any && idle < IDLE_ROUNDS && rounds < most) {
        double before = design->value;
        arena_reset(&scratch);
        TRY(optimum_add_columns(search, &scratch, &any, error));
        optimum->bound = fmax(optimum->bound, optimum_bound_by_covariance(search));
        TRY(design_solve(design, &scratch, error));
        design_prune(design, pruned_share * design->value);
        rounds++;
        double gap = before - optimum->bound;
        bool closer = gap < progress * least_gap || design->value < before * (1.0 - wanted_gap);
        idle = closer ? 0 : idle + 1;
        least_gap = fmin(gap, least_gap);
    }
    return STATUS_OK;
}

/* 2√weights_out Σ_j √(activity (var_j + reach_j²) + weights_in) with exact reproduction. */
static double optimum_modular_energy(const struct problem *problem) {
    const struct cloud *cloud = problem->cloud;
    const struct costs *costs = problem->costs;
    double sum = 0.0;
    size_t varying = 0;
    for (size_t j = 0; j < cloud->sources; j++) {
        if (cloud->range[j] > 0.0) {
            varying++;
            double variance = cloud->covariance[j * cloud->sources + j];
            sum += sqrt(costs->activity * (variance + cloud->reach[j] * cloud->reach[j]) +
                        costs->weights_in);
        }
    }
    if (isfinite(costs->fit)) {
        return varying == problem->width ? problem->design.value : NAN;
    }
    return 2.0 * sqrt(costs->weights_out) * sum;
}

enum status optimum_find(const struct geometry *geometry, const struct costs *costs,
                         size_t most_neurons, struct arena *arena, struct optimum *optimum,
                         struct error *error) {
    struct search search = {0};
    struct problem *problem = &search.problem;
    size_t width = geometry->hull.dimension;
    *optimum = (struct optimum){0};
    if (!costs_are_bounded(costs)) {
        return error_set(error, STATUS_BAD_INPUT,
                         "no optimum: fit and the output weights' penalty must be above 0, and so "
                         "must activity or the input weights' penalty");
    }
    TRY(problem_make(geometry, costs, arena, problem, error));
    TRY(ARENA_NEW(arena, search.root, width * width, error));
    TRY(ARENA_NEW(arena, search.inverse_root, width * width, error));
    TRY(ARENA_NEW(arena, search.surplus, width * width, error));
    TRY(matrix_factor(width, problem->quadratic, search.root, search.inverse_root, error));
    TRY(design_solve(&problem->design, arena, error));
    optimum->modular_energy = optimum_modular_energy(problem);
    TRY(optimum_bound_by_moments(&search, arena, &optimum->bound, error));
    TRY(optimum_generate(&search, optimum, error));
    TRY(neurons_tidy(problem, wanted_gap, arena, error));
    if (most_neurons > 0) {
        TRY(neurons_limit(geometry, most_neurons, problem, arena, error));
    }
    bool as_modular = fabs(problem->design.value / optimum->modular_energy - 1.0) < rounding;
    optimum->energy = as_modular ? optimum->modular_energy : problem->design.value;
    double gap = 1.0 - optimum->bound / optimum->energy;
    optimum->gap = fabs(gap) < rounding ? 0.0 : gap;
    optimum->price = fmax(0.0, 1.0 - optimum->energy / optimum->modular_energy);
    TRY(neurons_take(problem, arena, &optimum->neurons, error));
    optimum->angle = angle_most_mixed(optimum->neurons.weights_in, optimum->neurons.count,
                                      geometry->cloud.sources);
    return STATUS_OK;
}
