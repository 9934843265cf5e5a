#include "theory/optimum.h"

#include "theory/angle.h"
#include "theory/design.h"
#include "theory/matrix.h"
#include "theory/partition.h"

#include <stdlib.h>
#include <string.h>

enum {
    ROUNDS_MOST = 200,
    ROUNDS_WITHOUT_FAN = 8, /* each costs a whole search by partition */
    NEURONS_PER_WIDTH2 = 2, /* columns added in a round, over width² */
    ROOM_PER_WIDTH2 = 8,    /* columns kept at once, over width² */
};

static const double wanted_gap = 1e-10;
static const double pruned_share = 1e-12;  /* of the energy: neurons that cost less are none */
static const double leftover_share = 1e-7; /* the same, at the end */
static const double merged_angle = 2e-3;   /* radians; neurons nearer than that are tried as one */

/* The problem in coordinates of the hull's flat, d of them. */
struct problem {
    const struct cloud *cloud;
    const struct costs *costs;
    size_t width;      /* d */
    struct fan fan;    /* mapped to the flat */
    double *basis;     /* [d + 1][S], orthonormal rows (and scratch) */
    double *quadratic; /* [d][d], activity · C + weights_in */
    double *prior;     /* [d][d], weights_out/fit · C⁻¹ */
    double *squared;   /* [d][d], weights_out · V² */
    struct design design;
    double lowest_quotient; /* certified min over w of a(w) / (weights_out · wᵀV²w) */
};

bool costs_are_bounded(const struct costs *costs) {
    return costs->fit > 0.0 && costs->weights_out > 0.0 && costs->activity >= 0.0 &&
           costs->weights_in >= 0.0 && costs->activity + costs->weights_in > 0.0 &&
           isfinite(costs->activity + costs->weights_in + costs->weights_out);
}

static enum status allocate(struct problem *problem, struct arena *arena, struct error *error) {
    size_t width = problem->width;
    TRY(ARENA_NEW(arena, problem->basis, (width + 1) * problem->cloud->sources, error));
    TRY(ARENA_NEW(arena, problem->quadratic, width * width, error));
    TRY(ARENA_NEW(arena, problem->prior, width * width, error));
    return ARENA_NEW(arena, problem->squared, width * width, error);
}

/* The flat's own coordinates: those of the sources where it is all of space. */
static enum status map_to_flat(const struct fan *fan, struct problem *problem, struct arena *arena,
                               struct error *error) {
    size_t sources = problem->cloud->sources;
    if (problem->width < sources) {
        fan_span(fan, problem->basis);
        return fan_map(fan, problem->width, problem->basis, problem->basis, arena, &problem->fan,
                       error);
    }
    problem->fan = *fan;
    for (size_t j = 0; j < sources; j++) {
        problem->basis[j * sources + j] = 1.0;
    }
    return STATUS_OK;
}

static enum status find_matrices(struct problem *problem, struct arena *arena,
                                 struct error *error) {
    const struct costs *costs = problem->costs;
    size_t width = problem->width;
    size_t sources = problem->cloud->sources;
    double *covariance;
    double *inverse;
    TRY(ARENA_NEW(arena, covariance, width * width, error));
    TRY(ARENA_NEW(arena, inverse, width * width, error));
    for (size_t i = 0; i < width; i++) {
        for (size_t j = 0; j < width; j++) {
            covariance[i * width + j] =
                matrix_form(sources, problem->cloud->covariance, problem->basis + i * sources,
                            problem->basis + j * sources);
            problem->quadratic[i * width + j] =
                costs->activity * covariance[i * width + j] + (i == j ? costs->weights_in : 0.0);
        }
    }
    if (isfinite(costs->fit)) {
        TRY(matrix_inverse(width, covariance, arena, inverse, error));
        for (size_t k = 0; k < width * width; k++) {
            problem->prior[k] = costs->weights_out / costs->fit * inverse[k];
        }
    }
    return STATUS_OK;
}

/* a(w), w[d]. */
static double cost_of(const struct problem *problem, const double *direction) {
    const struct fan *fan = &problem->fan;
    size_t lowest = fan_lowest(fan, direction, 0);
    double height = matrix_dot(problem->width, direction, fan->vertices + lowest * problem->width);
    return matrix_form(problem->width, problem->quadratic, direction, direction) +
           problem->costs->activity * height * height;
}

static void add_neuron(struct problem *problem, double *direction) {
    double cost = cost_of(problem, direction);
    if (!(cost > 0.0) || problem->design.count == problem->design.room) {
        return;
    }
    for (size_t i = 0; i < problem->width; i++) {
        direction[i] /= sqrt(cost);
    }
    design_add(&problem->design, direction);
}

/* Axes of sources that vary, each with the sign that costs less, seen from the flat. */
static enum status add_axes(struct problem *problem, struct arena *arena, struct error *error) {
    size_t sources = problem->cloud->sources;
    size_t width = problem->width;
    double *direction;
    TRY(ARENA_NEW(arena, direction, width, error));
    for (size_t j = 0; j < sources; j++) {
        if (problem->cloud->range[j] == 0.0) {
            continue;
        }
        double costs[2];
        for (int sign = 0; sign < 2; sign++) {
            for (size_t i = 0; i < width; i++) {
                direction[i] = (sign == 0 ? -1.0 : 1.0) * problem->basis[i * sources + j];
            }
            costs[sign] = cost_of(problem, direction);
        }
        for (size_t i = 0; i < width && costs[0] < costs[1]; i++) {
            direction[i] = -direction[i];
        }
        add_neuron(problem, direction);
    }
    return STATUS_OK;
}

/* Adds the neurons that the present design prices too low; whether there are any. */
static enum status add_columns(struct problem *problem, struct arena *arena, bool *any,
                               struct error *error) {
    size_t width = problem->width;
    const double *spread = problem->design.spread;
    for (size_t i = 0; i < width; i++) {
        for (size_t j = 0; j < width; j++) {
            problem->squared[i * width + j] =
                problem->costs->weights_out *
                matrix_dot(width, spread + i * width, spread + j * width);
        }
    }
    struct form form = {.support = problem->costs->activity,
                        .quadratic = problem->quadratic,
                        .norm = problem->squared};
    struct valleys valleys;
    double threshold = 1.0 - wanted_gap;
    size_t most = NEURONS_PER_WIDTH2 * width * width;
    if (problem->fan.complete) {
        TRY(cones_below(&problem->fan, &form, threshold, most, arena, &valleys, error));
        problem->lowest_quotient = valleys.count > 0 ? valleys.values[0] : threshold;
    } else {
        TRY(partition_below(&problem->fan, &form, threshold, most, arena, &valleys,
                            &problem->lowest_quotient, error));
    }
    for (size_t k = 0; k < valleys.count; k++) {
        add_neuron(problem, valleys.directions + k * width);
    }
    *any = valleys.count > 0;
    return STATUS_OK;
}

/*
 * For any symmetric Y with weights_out · wᵀY²w ≤ a(w), tr X⁻¹ ≥ 2 tr Y − tr(YXY) gives
 * φ ≥ weights_out · (2 tr Y − tr(Y² prior)). Y = scale · V with the largest scale that is allowed.
 */
static double bound_by_spread(const struct problem *problem) {
    size_t width = problem->width;
    double trace = matrix_trace(width, problem->design.spread);
    double with_prior = 0.0;
    for (size_t i = 0; i < width; i++) {
        for (size_t j = 0; j < width; j++) {
            with_prior += problem->squared[i * width + j] * problem->prior[i * width + j];
        }
    }
    double output = problem->costs->weights_out;
    double scale = sqrt(fmax(problem->lowest_quotient, 0.0));
    if (with_prior > 0.0) {
        scale = fmin(scale, output * trace / with_prior);
    }
    return 2.0 * output * scale * trace - scale * scale * with_prior;
}

/* The same with Y² in proportion to activity · C + weights_in, which needs no support function. */
static enum status bound_by_moments(const struct problem *problem, struct arena *arena,
                                    double *bound, struct error *error) {
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
    for (size_t k = 0; k < width * width; k++) {
        with_prior += problem->quadratic[k] * problem->prior[k];
    }
    double scale = 1.0;
    double root = sqrt(problem->costs->weights_out);
    if (with_prior > 0.0) {
        scale = fmin(scale, root * trace / with_prior);
    }
    *bound = 2.0 * root * scale * trace - scale * scale * with_prior;
    return STATUS_OK;
}

/* Column generation until the certificate holds or rounds are used up. */
static enum status generate(struct problem *problem, struct optimum *optimum, struct error *error) {
    struct arena scratch = {0};
    bool any = true;
    size_t most = problem->fan.complete ? ROUNDS_MOST : ROUNDS_WITHOUT_FAN;
    enum status status = STATUS_OK;
    while (any && status == STATUS_OK && optimum->rounds < most) {
        arena_reset(&scratch);
        status = add_columns(problem, &scratch, &any, error);
        if (status == STATUS_OK) {
            optimum->bound = fmax(optimum->bound, bound_by_spread(problem));
            status = design_solve(&problem->design, &scratch, error);
            design_prune(&problem->design, pruned_share * problem->design.value);
            optimum->rounds++;
        }
    }
    arena_free(&scratch);
    return status;
}

/* The two neurons with the least angle between them; their cosine. */
static double nearest_pair(const struct design *design, size_t *first, size_t *second) {
    size_t width = design->width;
    double largest = -1.0;
    for (size_t k = 0; k < design->count; k++) {
        const double *a = design->neurons + k * width;
        for (size_t l = 0; l < k; l++) {
            const double *b = design->neurons + l * width;
            double cosine =
                matrix_dot(width, a, b) / (matrix_length(width, a) * matrix_length(width, b));
            if (cosine > largest) {
                largest = cosine;
                *first = l;
                *second = k;
            }
        }
    }
    return largest;
}

/* One neuron in place of two. */
static void merge(struct problem *problem, size_t first, size_t second) {
    struct design *design = &problem->design;
    size_t width = design->width;
    double *a = design->neurons + first * width;
    double *b = design->neurons + second * width;
    double sum = design->amounts[first] + design->amounts[second];
    for (size_t i = 0; i < width; i++) {
        a[i] = (design->amounts[first] * a[i] + design->amounts[second] * b[i]) / sum;
    }
    double cost = cost_of(problem, a);
    for (size_t i = 0; i < width; i++) {
        a[i] /= sqrt(cost);
    }
    design->amounts[first] = sum;
    design->amounts[second] = 0.0;
    design_prune(design, 0.0);
}

/* Column generation leaves neurons in hardly any amount, and clusters that bracket the best one:
 * drops those and makes each cluster one neuron, where that costs no more than the gap. */
static enum status tidy_neurons(struct problem *problem, struct arena *arena, struct error *error) {
    struct design before;
    size_t first = 0;
    size_t second = 0;
    struct design *design = &problem->design;
    TRY(design_make(design->width, design->output, design->prior, design->count, arena, &before,
                    error));
    before.count = design->count;
    before.value = design->value;
    memcpy(before.neurons, design->neurons,
           design->count * design->width * sizeof *design->neurons);
    memcpy(before.amounts, design->amounts, design->count * sizeof *design->amounts);
    design_prune(design, leftover_share * design->value);
    while (nearest_pair(design, &first, &second) > cos(merged_angle)) {
        merge(problem, first, second);
    }
    if (design->count == before.count) {
        return STATUS_OK;
    }
    TRY(design_solve(design, arena, error));
    if (design->value <= before.value * (1.0 + wanted_gap)) {
        return STATUS_OK;
    }
    *design = before;
    return design_evaluate(design, arena, error);
}

/* Leaves the `most` neurons that are used most, in the best amounts. */
static enum status limit_neurons(struct problem *problem, size_t most, struct arena *arena,
                                 struct error *error) {
    struct design *design = &problem->design;
    while (design->count > most) {
        size_t least = 0;
        for (size_t k = 1; k < design->count; k++) {
            least = design->amounts[k] < design->amounts[least] ? k : least;
        }
        design_prune(design, design->amounts[least]);
        TRY(design_solve(design, arena, error));
    }
    return STATUS_OK;
}

/* Orders neurons by length: the longest first. */
static int by_length(const void *left, const void *right, void *context) {
    const double *lengths = context;
    size_t a = *(const size_t *)left;
    size_t b = *(const size_t *)right;
    if (lengths[a] != lengths[b]) {
        return lengths[a] > lengths[b] ? -1 : 1;
    }
    return (a > b) - (a < b);
}

/* From the flat's coordinates, and amounts, to weights: w = √c x, out = V w. */
static void unfold(const struct problem *problem, size_t column, struct neurons *neurons,
                   size_t k) {
    const struct design *design = &problem->design;
    size_t width = problem->width;
    size_t sources = problem->cloud->sources;
    const double *x = design->neurons + column * width;
    double root = sqrt(design->amounts[column]);
    for (size_t i = 0; i < width; i++) {
        double out = root * matrix_dot(width, design->spread + i * width, x);
        for (size_t j = 0; j < sources; j++) {
            neurons->weights_in[k * sources + j] += root * x[i] * problem->basis[i * sources + j];
            neurons->weights_out[k * sources + j] += out * problem->basis[i * sources + j];
        }
    }
    neurons->biases[k] = cloud_support(problem->cloud, neurons->weights_in + k * sources);
}

static enum status take_neurons(const struct problem *problem, struct arena *arena,
                                struct neurons *neurons, struct error *error) {
    const struct design *design = &problem->design;
    size_t sources = problem->cloud->sources;
    size_t count = design->count;
    size_t *order;
    double *lengths;
    neurons->count = count;
    TRY(ARENA_NEW(arena, neurons->weights_in, count * sources, error));
    TRY(ARENA_NEW(arena, neurons->weights_out, count * sources, error));
    TRY(ARENA_NEW(arena, neurons->biases, count, error));
    TRY(ARENA_NEW(arena, order, count, error));
    TRY(ARENA_NEW(arena, lengths, count, error));
    for (size_t k = 0; k < count; k++) {
        const double *x = design->neurons + k * design->width;
        order[k] = k;
        lengths[k] = sqrt(design->amounts[k]) * matrix_length(design->width, x);
    }
    qsort_r(order, count, sizeof *order, by_length, lengths);
    for (size_t k = 0; k < count; k++) {
        unfold(problem, order[k], neurons, k);
    }
    return STATUS_OK;
}

/* 2√weights_out Σ_j √(activity (var_j + reach_j²) + weights_in) with exact reproduction. */
static double modular_energy(const struct problem *problem) {
    const struct cloud *cloud = problem->cloud;
    const struct costs *costs = problem->costs;
    if (isfinite(costs->fit)) {
        return problem->design.value;
    }
    double sum = 0.0;
    for (size_t j = 0; j < cloud->sources; j++) {
        if (cloud->range[j] > 0.0) {
            double variance = cloud->covariance[j * cloud->sources + j];
            sum += sqrt(costs->activity * (variance + cloud->reach[j] * cloud->reach[j]) +
                        costs->weights_in);
        }
    }
    return 2.0 * sqrt(costs->weights_out) * sum;
}

static enum status solve(struct problem *problem, size_t most_neurons, struct arena *arena,
                         struct optimum *optimum, struct error *error) {
    TRY(add_axes(problem, arena, error));
    TRY(design_solve(&problem->design, arena, error));
    optimum->modular_energy = modular_energy(problem);
    TRY(bound_by_moments(problem, arena, &optimum->bound, error));
    TRY(generate(problem, optimum, error));
    TRY(tidy_neurons(problem, arena, error));
    if (most_neurons > 0) {
        TRY(limit_neurons(problem, most_neurons, arena, error));
    }
    optimum->energy = fmin(problem->design.value, optimum->modular_energy);
    optimum->gap = fmax(0.0, 1.0 - optimum->bound / optimum->energy);
    optimum->price = 1.0 - optimum->energy / optimum->modular_energy;
    TRY(take_neurons(problem, arena, &optimum->neurons, error));
    optimum->angle = angle_most_mixed(optimum->neurons.weights_in, optimum->neurons.count,
                                      problem->cloud->sources);
    return STATUS_OK;
}

enum status optimum_find(const struct geometry *geometry, const struct costs *costs,
                         size_t most_neurons, struct arena *arena, struct optimum *optimum,
                         struct error *error) {
    size_t width = geometry->hull.dimension;
    struct problem problem = {.cloud = &geometry->cloud, .costs = costs, .width = width};
    *optimum = (struct optimum){0};
    if (!costs_are_bounded(costs)) {
        return error_set(error, STATUS_BAD_INPUT,
                         "no optimum: fit and the output weights' penalty must be above 0, and so "
                         "must activity or the input weights' penalty");
    }
    TRY(allocate(&problem, arena, error));
    TRY(map_to_flat(&geometry->fan, &problem, arena, error));
    TRY(find_matrices(&problem, arena, error));
    TRY(design_make(width, costs->weights_out, problem.prior, ROOM_PER_WIDTH2 * width * width + 8,
                    arena, &problem.design, error));
    return solve(&problem, most_neurons, arena, optimum, error);
}
