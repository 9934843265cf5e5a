#include "theory/problem.h"

#include "theory/matrix.h"

#include <math.h>

enum {
    /* Neurons held at a time besides the axes; most are pruned once their amounts are known. */
    ROOM = 512,
};

/* Coordinates in the affine hull: the sources themselves where it is all of space. */
static enum status problem_map_to_affine_hull(const struct fan *fan, struct problem *problem,
                                              struct arena *arena, struct error *error) {
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

/* The covariance's root, from the samples themselves. */
static enum status problem_find_root(struct problem *problem, struct arena *arena,
                                     struct error *error) {
    const struct cloud *cloud = problem->cloud;
    double *columns;
    TRY(ARENA_NEW(arena, columns, problem->width * cloud->samples, error));
    for (size_t i = 0; i < problem->width; i++) {
        for (size_t n = 0; n < cloud->samples; n++) {
            columns[i * cloud->samples + n] =
                sqrt(cloud->weights[n]) * matrix_dot(cloud->sources,
                                                     problem->basis + i * cloud->sources,
                                                     cloud->points + n * cloud->sources);
        }
    }
    return matrix_triangle(cloud->samples, problem->width, columns, problem->root, error);
}

static enum status problem_find_matrices(struct problem *problem, struct arena *arena,
                                         struct error *error) {
    const struct costs *costs = problem->costs;
    size_t width = problem->width;
    TRY(problem_find_root(problem, arena, error));
    for (size_t i = 0; i < width; i++) {
        for (size_t j = 0; j < width; j++) {
            double covariance = 0.0;
            for (size_t k = 0; k <= i && k <= j; k++) {
                covariance += problem->root[k * width + i] * problem->root[k * width + j];
            }
            problem->quadratic[i * width + j] =
                costs->activity * covariance + (i == j ? costs->weights_in : 0.0);
        }
    }
    return STATUS_OK;
}

double problem_cost(const struct problem *problem, const double *direction) {
    const struct fan *fan = &problem->fan;
    size_t lowest = fan_lowest(fan, direction, 0);
    double height = matrix_dot(problem->width, direction, fan->vertices + lowest * problem->width);
    return matrix_quadratic_form(problem->width, problem->quadratic, direction, direction) +
           problem->costs->activity * height * height;
}

void problem_add(struct problem *problem, double *direction) {
    double cost = problem_cost(problem, direction);
    if (!(cost > 0.0) || problem->design.count == problem->design.room) {
        return;
    }
    for (size_t i = 0; i < problem->width; i++) {
        direction[i] /= sqrt(cost);
    }
    design_add(&problem->design, direction);
}

/* Axes of sources that vary, each with the cheaper sign, projected onto the affine hull. */
static enum status problem_add_axes(struct problem *problem, struct arena *arena,
                                    struct error *error) {
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
            costs[sign] = problem_cost(problem, direction);
        }
        for (size_t i = 0; i < width && costs[0] < costs[1]; i++) {
            direction[i] = -direction[i];
        }
        problem_add(problem, direction);
    }
    return STATUS_OK;
}

enum status problem_make(const struct geometry *geometry, const struct costs *costs,
                         struct arena *arena, struct problem *problem, struct error *error) {
    size_t width = geometry->hull.dimension;
    size_t room = geometry->cloud.sources + ROOM;
    *problem = (struct problem){.cloud = &geometry->cloud, .costs = costs, .width = width};
    TRY(ARENA_NEW(arena, problem->basis, (width + 1) * geometry->cloud.sources, error));
    TRY(ARENA_NEW(arena, problem->quadratic, width * width, error));
    TRY(ARENA_NEW(arena, problem->root, width * width, error));
    TRY(problem_map_to_affine_hull(&geometry->fan, problem, arena, error));
    TRY(problem_find_matrices(problem, arena, error));
    TRY(design_make(width, costs->weights_out, NULL, room, arena, &problem->design, error));
    if (isfinite(costs->fit)) {
        problem->design.prior_root = problem->root;
        problem->design.ridge = costs->weights_out / costs->fit;
    }
    return problem_add_axes(problem, arena, error);
}
