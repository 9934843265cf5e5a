#include "theory/partition.h"

#include "theory/descent.h"
#include "theory/matrix.h"

#include <math.h>
#include <string.h>

enum { STARTS_MAX = 48, STARTS_BEYOND = 8 /* with more than PARTITION_WIDTH_MAX sources */ };

static const double same_direction = 1e-12; /* 1 − cosine */

/* A simplicial cone and a lower bound of the quotient in it. */
struct part {
    double bound;
    double *rays; /* [width][width], wᵀ norm w = 1 each */
};

struct partition {
    const struct fan *fan;
    const struct quotient *quotient;
    const double *norm; /* [width][width] */
    double spectral;    /* smallest eigenvalue of quadratic against norm: bounds everything */
    size_t count;
    struct part *heap; /* lowest bound first */
    struct local_minima found;
    size_t most;
    double threshold;
    double *scratch; /* [2 width] */
};

static double partition_quotient(const struct partition *in, const double *direction,
                                 size_t lowest) {
    size_t width = in->fan->width;
    double height = matrix_dot(width, direction, in->fan->vertices + lowest * width);
    return (in->quotient->support * height * height +
            matrix_quadratic_form(width, in->quotient->quadratic, direction, direction)) /
           matrix_quadratic_form(width, in->norm, direction, direction);
}

/* Evaluates a direction, and keeps it if it is new and among the lowest. */
static void partition_try(struct partition *in, const double *direction) {
    size_t width = in->fan->width;
    double value = partition_quotient(in, direction, fan_lowest(in->fan, direction, 0));
    for (size_t k = 0; k < in->found.count; k++) {
        const double *known = in->found.directions + k * width;
        double cosine = matrix_dot(width, direction, known) /
                        (matrix_length(width, direction) * matrix_length(width, known));
        if (cosine > 1.0 - same_direction) {
            return;
        }
    }
    local_minima_add(&in->found, in->threshold, value, direction);
}

static void partition_scale_ray(const struct partition *in, double *ray) {
    double length = sqrt(matrix_quadratic_form(in->fan->width, in->norm, ray, ray));
    for (size_t i = 0; i < in->fan->width; i++) {
        ray[i] /= length;
    }
}

/* The bound in a cone with v·ray ≤ 0 for all rays, v being `vertex`; NULL: there is no such vertex.
 */
static double partition_bound_of(const struct partition *in, const double *rays,
                                 const double *vertex) {
    size_t width = in->fan->width;
    double highest = INFINITY;
    double least = -INFINITY;
    for (size_t i = 0; i < width; i++) {
        const double *a = rays + i * width;
        double height = vertex == NULL ? 0.0 : matrix_dot(width, a, vertex);
        for (size_t j = 0; j <= i; j++) {
            const double *b = rays + j * width;
            double own = matrix_quadratic_form(width, in->quotient->quadratic, a, b);
            if (vertex != NULL) {
                own += in->quotient->support * height * matrix_dot(width, b, vertex);
            }
            double norm = matrix_quadratic_form(width, in->norm, a, b);
            if (norm > 0.0) {
                highest = fmin(highest, own / norm);
            } else if (norm < 0.0) {
                least = fmax(least, own / norm);
            } else if (own < 0.0) {
                return in->spectral;
            }
        }
    }
    return least > highest ? in->spectral : fmax(highest, in->spectral);
}

static double partition_bound_cone(struct partition *in, const double *rays) {
    size_t width = in->fan->width;
    double *middle = in->scratch;
    memset(middle, 0, width * sizeof *middle);
    for (size_t i = 0; i < width; i++) {
        for (size_t k = 0; k < width; k++) {
            middle[k] += rays[i * width + k];
        }
    }
    const double *vertex = in->fan->vertices + fan_lowest(in->fan, middle, 0) * width;
    for (size_t i = 0; i < width; i++) {
        if (matrix_dot(width, rays + i * width, vertex) > 0.0) {
            return partition_bound_of(in, rays, NULL);
        }
    }
    return partition_bound_of(in, rays, vertex);
}

static void partition_push(struct partition *in, struct part part) {
    size_t at = in->count++;
    while (at > 0 && in->heap[(at - 1) / 2].bound > part.bound) {
        in->heap[at] = in->heap[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    in->heap[at] = part;
}

static struct part partition_pop(struct partition *in) {
    struct part top = in->heap[0];
    struct part last = in->heap[--in->count];
    size_t at = 0;
    for (size_t child = 1; child < in->count; child = 2 * at + 1) {
        if (child + 1 < in->count && in->heap[child + 1].bound < in->heap[child].bound) {
            child++;
        }
        if (in->heap[child].bound >= last.bound) {
            break;
        }
        in->heap[at] = in->heap[child];
        at = child;
    }
    in->heap[at] = last;
    return top;
}

static enum status partition_add_orthants(struct partition *in, struct arena *arena,
                                          struct error *error) {
    size_t width = in->fan->width;
    for (size_t signs = 0; signs < (size_t)1 << width; signs++) {
        struct part part;
        TRY(ARENA_NEW(arena, part.rays, width * width, error));
        for (size_t i = 0; i < width; i++) {
            part.rays[i * width + i] = (signs >> i & 1) != 0 ? 1.0 : -1.0;
            partition_scale_ray(in, part.rays + i * width);
        }
        part.bound = partition_bound_cone(in, part.rays);
        partition_push(in, part);
    }
    return STATUS_OK;
}

/* The two rays that are farthest apart. */
static void partition_widest_pair(const struct partition *in, const double *rays, size_t *first,
                                  size_t *second) {
    size_t width = in->fan->width;
    double least = INFINITY;
    for (size_t i = 0; i < width; i++) {
        for (size_t j = 0; j < i; j++) {
            double cosine =
                matrix_quadratic_form(width, in->norm, rays + i * width, rays + j * width);
            if (cosine < least) {
                least = cosine;
                *first = i;
                *second = j;
            }
        }
    }
}

/* Replaces the cone with the lowest bound by its halves. */
static enum status partition_split(struct partition *in, struct arena *arena, struct error *error) {
    size_t width = in->fan->width;
    size_t ends[2] = {0, 0};
    struct part one = partition_pop(in);
    struct part other;
    double *middle = in->scratch + width;
    partition_widest_pair(in, one.rays, &ends[0], &ends[1]);
    for (size_t k = 0; k < width; k++) {
        middle[k] = one.rays[ends[0] * width + k] + one.rays[ends[1] * width + k];
    }
    partition_scale_ray(in, middle);
    partition_try(in, middle);
    TRY(ARENA_NEW(arena, other.rays, width * width, error));
    memcpy(other.rays, one.rays, width * width * sizeof *other.rays);
    memcpy(one.rays + ends[0] * width, middle, width * sizeof *middle);
    memcpy(other.rays + ends[1] * width, middle, width * sizeof *middle);
    other.bound = fmax(one.bound, partition_bound_cone(in, other.rays));
    one.bound = fmax(one.bound, partition_bound_cone(in, one.rays));
    partition_push(in, one);
    partition_push(in, other);
    return STATUS_OK;
}

/* Eigenvectors of the quadratic forms on single cones, in standard coordinates, the lowest first.
 */
static enum status partition_find_starts(struct partition *in,
                                         const struct standard_quotient *standard,
                                         struct arena *arena, struct local_minima *starts,
                                         struct error *error) {
    size_t width = in->fan->width;
    double *matrix;
    double *unit;
    double *work;
    TRY(local_minima_make(STARTS_MAX, width, arena, starts, error));
    TRY(ARENA_NEW(arena, matrix, width * width, error));
    TRY(ARENA_NEW(arena, unit, width, error));
    TRY(ARENA_NEW(arena, work, matrix_eigen_work(width), error));
    in->spectral = matrix_smallest_eigenpair(width, standard->quadratic, unit, work);
    size_t step = 1 + in->fan->vertex_count / PARTITION_VERTICES_MAX;
    for (size_t v = 0; v < in->fan->vertex_count; v += step) {
        quotient_on_cone(standard, v, matrix);
        (void)matrix_smallest_eigenpair(width, matrix, unit, work);
        for (int sign = 0; sign < 2; sign++) {
            double value = quotient_value(standard, unit, fan_lowest(&standard->fan, unit, 0));
            local_minima_add(starts, INFINITY, value, unit);
            for (size_t k = 0; k < width; k++) {
                unit[k] = -unit[k];
            }
        }
    }
    return STATUS_OK;
}

/* Local minima, by descent from the lowest eigenvectors of single cones. */
static enum status partition_descend(struct partition *in, struct arena *arena,
                                     struct error *error) {
    struct standard_quotient standard;
    struct local_minima starts;
    SCOPED(arena_free) struct arena scratch = {0};
    size_t width = in->fan->width;
    double *direction;
    TRY(quotient_standardise(in->fan, in->quotient, arena, &standard, error));
    TRY(partition_find_starts(in, &standard, arena, &starts, error));
    TRY(ARENA_NEW(arena, direction, width, error));
    size_t most = width <= PARTITION_WIDTH_MAX ? STARTS_MAX : STARTS_BEYOND;
    for (size_t k = 0; k < starts.count && k < most; k++) {
        double value;
        double *unit = starts.directions + k * width;
        arena_reset(&scratch);
        TRY(descent_run(&standard, &scratch, unit, &value, error));
        matrix_apply(width, width, standard.back, unit, direction);
        partition_try(in, direction);
    }
    return STATUS_OK;
}

static enum status partition_prepare(struct partition *in, struct arena *arena,
                                     struct error *error) {
    size_t width = in->fan->width;
    size_t cones = ((size_t)1 << PARTITION_WIDTH_MAX) + PARTITION_CONES_MAX;
    double *norm;
    TRY(ARENA_NEW(arena, in->scratch, 2 * width, error));
    TRY(ARENA_NEW(arena, in->heap, cones, error));
    TRY(local_minima_make(in->most, width, arena, &in->found, error));
    TRY(ARENA_NEW(arena, norm, width * width, error));
    const double *root = in->quotient->root;
    for (size_t i = 0; i < width; i++) {
        norm[i * width + i] = root == NULL ? 1.0 : 0.0;
        for (size_t j = 0; root != NULL && j < width; j++) {
            for (size_t k = 0; k < width; k++) {
                norm[i * width + j] += root[k * width + i] * root[k * width + j];
            }
        }
    }
    in->norm = norm;
    return STATUS_OK;
}

enum status partition_below(const struct fan *fan, const struct quotient *quotient,
                            double threshold, size_t most, struct arena *arena,
                            struct local_minima *minima, double *bound, struct error *error) {
    struct partition in = {.fan = fan, .quotient = quotient, .most = most, .threshold = threshold};
    TRY(partition_prepare(&in, arena, error));
    TRY(partition_descend(&in, arena, error));
    *bound = in.spectral;
    if (fan->width <= PARTITION_WIDTH_MAX) {
        TRY(partition_add_orthants(&in, arena, error));
        for (size_t k = 0; k < PARTITION_CONES_MAX && in.heap[0].bound < threshold &&
                           (in.found.count == 0 || in.heap[0].bound < in.found.values[0]);
             k++) {
            TRY(partition_split(&in, arena, error));
        }
        *bound = in.heap[0].bound;
    }
    *minima = in.found;
    if (minima->count > 0) {
        *bound = fmin(*bound, minima->values[0]);
    }
    return STATUS_OK;
}
