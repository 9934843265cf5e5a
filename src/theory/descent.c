#include "theory/descent.h"

#include "theory/matrix.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

enum { STEPS_PER_WIDTH = 20 };

/* Relative: smaller changes of direction, or smaller multipliers, are rounding. */
static const double rounding = 1e-12;

struct descent {
    const struct standard_quotient *standard;
    size_t width;
    size_t *active; /* [width] vertices that are lowest together */
    size_t active_count;
    double *unit;   /* [width] */
    double *target; /* [width] the minimum on the face */
    double *basis;  /* [width][width] orthonormal edges of the face */
    double *matrix; /* [width][width] */
    double *image;  /* [width] */
    double *shares; /* [width] multipliers of the active vertices */
    double *work;
};

static const double *descent_vertex(const struct descent *in, size_t v) {
    return in->standard->fan.vertices + v * in->width;
}

static enum status descent_allocate(struct descent *in, struct arena *arena, struct error *error) {
    size_t width = in->width;
    TRY(ARENA_NEW(arena, in->active, width, error));
    TRY(ARENA_NEW(arena, in->target, 3 * width, error));
    in->image = in->target + width;
    in->shares = in->image + width;
    TRY(ARENA_NEW(arena, in->basis, 2 * width * width, error));
    in->matrix = in->basis + width * width;
    return ARENA_NEW(arena, in->work, matrix_eigen_work(width), error);
}

/* Edges from the first active vertex to the others. */
static void descent_find_basis(struct descent *in) {
    for (size_t k = 1; k < in->active_count; k++) {
        double *edge = in->basis + (k - 1) * in->width;
        for (size_t i = 0; i < in->width; i++) {
            edge[i] = descent_vertex(in, in->active[k])[i] - descent_vertex(in, in->active[0])[i];
        }
        matrix_orthogonalise(in->width, in->basis, k - 1, edge);
        matrix_normalise(in->width, edge);
    }
}

/* The eigenvector for the smallest eigenvalue on the face, on the side of the present direction. */
static double descent_find_target(struct descent *in) {
    size_t width = in->width;
    descent_find_basis(in);
    quotient_on_cone(in->standard, in->active[0], in->matrix);
    double scale = fabs(matrix_trace(width, in->matrix));
    for (size_t k = 0; k < width * width; k++) {
        scale = fmax(scale, fabs(in->matrix[k]));
    }
    matrix_restrict(width, in->basis, in->active_count - 1, 2.0 * (double)width * scale, in->image,
                    in->matrix);
    double value = matrix_smallest_eigenpair(width, in->matrix, in->target, in->work);
    double side = matrix_dot(width, in->target, in->unit);
    for (size_t i = 0; i < width && side < 0.0; i++) {
        in->target[i] = -in->target[i];
    }
    return value;
}

static bool descent_is_active(const struct descent *in, size_t v) {
    for (size_t k = 0; k < in->active_count; k++) {
        if (in->active[k] == v) {
            return true;
        }
    }
    return false;
}

/* How far towards the target the active vertices stay lowest, at most 1; *blocking ends it. */
static double descent_find_step(const struct descent *in, size_t *blocking) {
    double step = 1.0;
    const double *first = descent_vertex(in, in->active[0]);
    double here = matrix_dot(in->width, in->unit, first);
    double there = matrix_dot(in->width, in->target, first);
    *blocking = SIZE_MAX;
    for (size_t v = 0; v < in->standard->fan.vertex_count; v++) {
        double height = matrix_dot(in->width, in->target, descent_vertex(in, v));
        double after = height - there;
        /* A sample in line with active ones is no nearer than rounding, and must not join them. */
        double size = fabs(there) + fabs(height) + matrix_length(in->width, descent_vertex(in, v));
        if (after >= -rounding * size || descent_is_active(in, v)) {
            continue;
        }
        double before = fmax(matrix_dot(in->width, in->unit, descent_vertex(in, v)) - here, 0.0);
        double part = before / (before - after);
        if (part < step) {
            step = part;
            *blocking = v;
        }
    }
    return step;
}

/*
 * At the minimum on a face the gradient is a combination of the gradients that the active vertices
 * have; it is a local minimum over all directions iff no multiplier is negative. Releases the
 * vertex with the most negative multiplier; false when there is none.
 */
static bool descent_release_vertex(struct descent *in, double value) {
    size_t width = in->width;
    size_t edges = in->active_count - 1;
    struct error ignored;
    const double *first = descent_vertex(in, in->active[0]);
    double height = -in->standard->support * matrix_dot(width, in->unit, first);
    matrix_apply(width, width, in->standard->quadratic, in->unit, in->image);
    for (size_t i = 0; i < width; i++) {
        in->image[i] -= height * first[i] + value * in->unit[i];
    }
    for (size_t k = 0; k < edges; k++) {
        const double *a = descent_vertex(in, in->active[k + 1]);
        in->shares[k] = matrix_dot(width, in->image, a) - matrix_dot(width, in->image, first);
        for (size_t l = 0; l < edges; l++) {
            const double *b = descent_vertex(in, in->active[l + 1]);
            in->matrix[k * edges + l] = matrix_dot(width, a, b) - matrix_dot(width, a, first) -
                                        matrix_dot(width, first, b) +
                                        matrix_dot(width, first, first);
        }
    }
    if (edges == 0 || !(height > 0.0) ||
        matrix_solve(edges, in->matrix, in->shares, &ignored) != STATUS_OK) {
        return false;
    }
    double rest = 1.0;
    size_t worst = 0;
    double least = -rounding;
    for (size_t k = 0; k < edges; k++) {
        double share = in->shares[k] / height;
        rest -= share;
        worst = share < least ? k + 1 : worst;
        least = fmin(least, share);
    }
    if (rest >= least && worst == 0) {
        return false;
    }
    worst = rest < least ? 0 : worst;
    in->active[worst] = in->active[--in->active_count];
    return true;
}

enum status descent_run(const struct standard_quotient *standard, struct arena *arena, double *unit,
                        double *value, struct error *error) {
    struct descent in = {.standard = standard, .width = standard->fan.width, .unit = unit};
    TRY(descent_allocate(&in, arena, error));
    in.active[in.active_count++] = fan_lowest(&standard->fan, unit, 0);
    for (size_t k = 0; k < STEPS_PER_WIDTH * in.width; k++) {
        size_t blocking;
        double least = descent_find_target(&in);
        double step = descent_find_step(&in, &blocking);
        for (size_t i = 0; i < in.width; i++) {
            unit[i] += step * (in.target[i] - unit[i]);
        }
        matrix_normalise(in.width, unit);
        if (blocking != SIZE_MAX && in.active_count < in.width) {
            in.active[in.active_count++] = blocking;
        } else if (blocking != SIZE_MAX || !descent_release_vertex(&in, least)) {
            break;
        }
    }
    *value = quotient_value(standard, unit, fan_lowest(&standard->fan, unit, 0));
    return STATUS_OK;
}
