#include "theory/neurons.h"

#include "theory/matrix.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Of the energy: neurons that cost less are dropped, unless sources of very small range need them.
 */
static const double leftover_shares[] = {1e-7, 0.0};
static const double merged_angle = 2e-3; /* radians; neurons closer than this are merged on trial */

/* The two neurons with the least angle between them; their cosine. */
static double neurons_nearest_pair(const struct design *design, size_t *first, size_t *second) {
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
static void neurons_merge(struct problem *problem, size_t first, size_t second) {
    struct design *design = &problem->design;
    size_t width = design->width;
    double *a = design->neurons + first * width;
    double *b = design->neurons + second * width;
    double sum = design->amounts[first] + design->amounts[second];
    for (size_t i = 0; i < width; i++) {
        a[i] = (design->amounts[first] * a[i] + design->amounts[second] * b[i]) / sum;
    }
    double cost = problem_cost(problem, a);
    for (size_t i = 0; i < width; i++) {
        a[i] /= sqrt(cost);
    }
    design->amounts[first] = sum;
    design->amounts[second] = 0.0;
    design_prune(design, 0.0);
}

/* Drops neurons that cost less than `leftover` of the energy, merges clusters and finds the best
 * amounts. Whether that costs at most `share` of the energy. */
static enum status neurons_try_to_tidy(struct problem *problem, double leftover, double share,
                                       struct arena *arena, bool *good, struct error *error) {
    struct design *design = &problem->design;
    double before = design->value;
    size_t first = 0;
    size_t second = 0;
    design_prune(design, leftover * before);
    while (neurons_nearest_pair(design, &first, &second) > cos(merged_angle)) {
        neurons_merge(problem, first, second);
    }
    enum status status = design_solve(design, arena, error);
    *good = status == STATUS_OK && design->value <= before * (1.0 + share);
    return status == STATUS_BAD_INPUT ? STATUS_OK : status; /* too few neurons are left */
}

enum status neurons_tidy(struct problem *problem, double share, struct arena *arena,
                         struct error *error) {
    struct design before;
    struct design *design = &problem->design;
    TRY(design_copy(design, arena, &before, error));
    for (size_t k = 0; k < sizeof leftover_shares / sizeof leftover_shares[0]; k++) {
        bool good = false;
        TRY(neurons_try_to_tidy(problem, leftover_shares[k], share, arena, &good, error));
        if (good) {
            return STATUS_OK;
        }
        TRY(design_copy(&before, arena, design, error));
    }
    return STATUS_OK;
}

/* Removes neuron `second`; if it is not `first`, merges it into that one. */
static void neurons_remove(struct problem *problem, size_t first, size_t second) {
    if (first != second) {
        neurons_merge(problem, first, second);
        return;
    }
    problem->design.amounts[second] = 0.0;
    design_prune(&problem->design, 0.0);
}

/* The best of all ways to remove one neuron or to merge two. */
static enum status neurons_drop_one(struct problem *problem, struct arena *arena,
                                    struct error *error) {
    struct design best = {.value = INFINITY};
    struct design whole;
    TRY(design_copy(&problem->design, arena, &whole, error));
    for (size_t k = 0; k < whole.count; k++) {
        for (size_t l = 0; l <= k; l++) {
            TRY(design_copy(&whole, arena, &problem->design, error));
            neurons_remove(problem, l, k);
            enum status status = design_solve(&problem->design, arena, error);
            if (status == STATUS_OK && problem->design.value < best.value) {
                best = problem->design;
            } else if (status != STATUS_OK && status != STATUS_BAD_INPUT) {
                return status;
            }
        }
    }
    problem->design = best;
    return STATUS_OK;
}

/* Takes the modular network instead, where it is small enough and costs less. */
static enum status neurons_compare_with_axes(const struct geometry *geometry, size_t most,
                                             struct problem *problem, struct arena *arena,
                                             struct error *error) {
    struct problem modular;
    TRY(problem_make(geometry, problem->costs, arena, &modular, error));
    if (modular.design.count > most) {
        return STATUS_OK;
    }
    TRY(design_solve(&modular.design, arena, error));
    if (modular.design.value < problem->design.value) {
        problem->design = modular.design;
    }
    return STATUS_OK;
}

enum status neurons_limit(const struct geometry *geometry, size_t most, struct problem *problem,
                          struct arena *arena, struct error *error) {
    if (problem->design.count <= most) {
        return STATUS_OK;
    }
    if (most < problem->width && !isfinite(problem->costs->fit)) {
        return error_set(error, STATUS_BAD_INPUT,
                         "%zu neurons cannot reproduce %zu independent sources exactly", most,
                         problem->width);
    }
    while (problem->design.count > most) {
        TRY(neurons_drop_one(problem, arena, error));
    }
    return neurons_compare_with_axes(geometry, most, problem, arena, error);
}

/* Orders neurons by length: the longest first. */
static int neurons_by_length(const void *left, const void *right, void *context) {
    const double *lengths = context;
    size_t a = *(const size_t *)left;
    size_t b = *(const size_t *)right;
    if (lengths[a] != lengths[b]) {
        return lengths[a] > lengths[b] ? -1 : 1;
    }
    return (a > b) - (a < b);
}

/* From coordinates of the affine hull, and amounts, to weights: w = √c x, out = V w. */
static void neurons_unfold(const struct problem *problem, size_t column, struct neurons *neurons,
                           size_t k) {
    const struct design *design = &problem->design;
    size_t width = problem->width;
    size_t sources = problem->cloud->sources;
    const double *x = design->neurons + column * width;
    double root = sqrt(design->amounts[column]);
    for (size_t i = 0; i < width; i++) {
        double out = root * matrix_dot(width, design->covariance + i * width, x);
        for (size_t j = 0; j < sources; j++) {
            neurons->weights_in[k * sources + j] += root * x[i] * problem->basis[i * sources + j];
            neurons->weights_out[k * sources + j] += out * problem->basis[i * sources + j];
        }
    }
    neurons->biases[k] = cloud_support(problem->cloud, neurons->weights_in + k * sources);
}

enum status neurons_take(const struct problem *problem, struct arena *arena,
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
    qsort_r(order, count, sizeof *order, neurons_by_length, lengths);
    for (size_t k = 0; k < count; k++) {
        neurons_unfold(problem, order[k], neurons, k);
    }
    return STATUS_OK;
}
