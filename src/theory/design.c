#include "theory/design.h"

#include "theory/matrix.h"

#include <math.h>
#include <string.h>

enum { ITERATIONS_MAX = 100 };

static const double wanted_gap = 1e-13;       /* Σ c_k z_k over φ */
static const double wanted_match = 1e-11;     /* of slopes, which are near 1, and multipliers */
static const double start_share = 0.1;        /* of φ: slackness at the start */
static const double centring = 0.1;           /* target slackness, relative to the present one */
static const double step_to_boundary = 0.995; /* amounts and multipliers stay positive */
static const double new_amount_share = 1e-3;  /* of the mean amount, for a neuron just added */
static const double ridge = 1e-14;            /* of the Hessian's diagonal: parallel neurons */

/* One interior-point iteration's numbers. */
struct iteration {
    double *multipliers;   /* [K] z of c ≥ 0 */
    double *slope;         /* [K] of φ */
    double *hessian;       /* [K][K] */
    double *step;          /* [K] of the amounts */
    double *covariance_of; /* [K][d] V x_k */
};

enum status design_make(size_t width, double output, const double *prior, size_t room,
                        struct arena *arena, struct design *design, struct error *error) {
    *design = (struct design){.width = width, .output = output, .prior = prior, .room = room};
    TRY(ARENA_NEW(arena, design->neurons, room * width, error));
    TRY(ARENA_NEW(arena, design->amounts, room, error));
    return ARENA_NEW(arena, design->covariance, width * width, error);
}

enum status design_copy(const struct design *design, struct arena *arena, struct design *copy,
                        struct error *error) {
    struct design made;
    size_t width = design->width;
    TRY(design_make(width, design->output, design->prior, design->room, arena, &made, error));
    memcpy(made.neurons, design->neurons, design->count * width * sizeof *made.neurons);
    memcpy(made.amounts, design->amounts, design->count * sizeof *made.amounts);
    memcpy(made.covariance, design->covariance, width * width * sizeof *made.covariance);
    *copy = *design;
    copy->neurons = made.neurons;
    copy->amounts = made.amounts;
    copy->covariance = made.covariance;
    return STATUS_OK;
}

void design_add(struct design *design, const double *neuron) {
    memcpy(design->neurons + design->count * design->width, neuron, design->width * sizeof *neuron);
    design->amounts[design->count++] = 0.0;
}

void design_prune(struct design *design, double least) {
    size_t kept = 0;
    for (size_t k = 0; k < design->count; k++) {
        if (design->amounts[k] > least) {
            design->amounts[kept] = design->amounts[k];
            memmove(design->neurons + kept * design->width, design->neurons + k * design->width,
                    design->width * sizeof *design->neurons);
            kept++;
        }
    }
    design->count = kept;
}

/* Σ c_k y_k y_kᵀ, added to information; y_k is the neuron, or R times it. */
static enum status design_add_neurons(const struct design *design, struct arena *arena,
                                      double *information, struct error *error) {
    size_t width = design->width;
    double *image;
    TRY(ARENA_NEW(arena, image, width, error));
    for (size_t k = 0; k < design->count; k++) {
        const double *y = design->neurons + k * width;
        if (design->prior_root != NULL) {
            matrix_apply(width, width, design->prior_root, y, image);
            y = image;
        }
        for (size_t i = 0; i < width; i++) {
            for (size_t j = 0; j < width; j++) {
                information[i * width + j] += design->amounts[k] * y[i] * y[j];
            }
        }
    }
    return STATUS_OK;
}

/* V = Rᵀ K⁻¹ R and tr(V prior V) = ridge · |K⁻¹R|², K = Σ c Rx(Rx)ᵀ + ridge. */
static enum status design_evaluate_by_root(struct design *design, double *information,
                                           struct arena *arena, struct error *error) {
    size_t width = design->width;
    double *inverse;
    double *solved;
    for (size_t i = 0; i < width; i++) {
        information[i * width + i] += design->ridge;
    }
    TRY(ARENA_NEW(arena, inverse, width * width, error));
    TRY(ARENA_NEW(arena, solved, width * width, error));
    TRY(matrix_inverse(width, information, arena, inverse, error));
    matrix_multiply(width, width, width, inverse, design->prior_root, solved);
    for (size_t i = 0; i < width; i++) {
        for (size_t j = 0; j < width; j++) {
            design->covariance[i * width + j] = 0.0;
            for (size_t k = 0; k <= i; k++) {
                design->covariance[i * width + j] +=
                    design->prior_root[k * width + i] * solved[k * width + j];
            }
        }
    }
    design->prior_share = design->ridge * matrix_dot(width * width, solved, solved);
    return STATUS_OK;
}

/* Value and covariance from the amounts. */
static enum status design_evaluate(struct design *design, struct arena *arena,
                                   struct error *error) {
    size_t width = design->width;
    double *information;
    TRY(ARENA_NEW(arena, information, width * width, error));
    TRY(design_add_neurons(design, arena, information, error));
    if (design->prior_root != NULL) {
        TRY(design_evaluate_by_root(design, information, arena, error));
    } else {
        for (size_t k = 0; design->prior != NULL && k < width * width; k++) {
            information[k] += design->prior[k];
        }
        TRY(matrix_inverse(width, information, arena, design->covariance, error));
    }
    design->value = design->output * matrix_trace(width, design->covariance);
    for (size_t k = 0; k < design->count; k++) {
        design->value += design->amounts[k];
    }
    return STATUS_OK;
}

/* Positive amounts for all neurons; in the first call equal ones, of the best size. */
static enum status design_start(struct design *design, struct arena *arena, struct error *error) {
    double sum = 0.0;
    for (size_t k = 0; k < design->count; k++) {
        sum += design->amounts[k];
    }
    if (sum > 0.0) {
        for (size_t k = 0; k < design->count; k++) {
            design->amounts[k] =
                fmax(design->amounts[k], new_amount_share * sum / (double)design->count);
        }
        return design_evaluate(design, arena, error);
    }
    for (size_t k = 0; k < design->count; k++) {
        design->amounts[k] = sqrt(design->output);
    }
    TRY(design_evaluate(design, arena, error));
    double total = (double)design->count * sqrt(design->output);
    double factor = sqrt((design->value - total) / total);
    for (size_t k = 0; k < design->count; k++) {
        design->amounts[k] *= factor;
    }
    return design_evaluate(design, arena, error);
}

static void design_differentiate(const struct design *design, struct iteration *at) {
    size_t width = design->width;
    size_t count = design->count;
    for (size_t k = 0; k < count; k++) {
        matrix_apply(width, width, design->covariance, design->neurons + k * width,
                     at->covariance_of + k * width);
    }
    for (size_t k = 0; k < count; k++) {
        const double *a = at->covariance_of + k * width;
        for (size_t l = 0; l <= k; l++) {
            double twice = matrix_dot(width, a, at->covariance_of + l * width);
            double once = matrix_dot(width, a, design->neurons + l * width);
            at->hessian[k * count + l] = 2.0 * design->output * twice * once;
            at->hessian[l * count + k] = at->hessian[k * count + l];
        }
        at->slope[k] = 1.0 - design->output * matrix_dot(width, a, a);
    }
}

/* The longest step, up to 1, that leaves every value + step · change positive. */
static double design_longest_step(size_t count, const double *values, const double *changes,
                                  double longest) {
    for (size_t k = 0; k < count; k++) {
        if (changes[k] < 0.0) {
            longest = fmin(longest, -step_to_boundary * values[k] / changes[k]);
        }
    }
    return longest;
}

/* A Newton step towards c_k z_k = target for all k. */
static enum status design_take_step(struct design *design, struct iteration *at, double target,
                                    struct error *error) {
    size_t count = design->count;
    double *change = at->slope; /* of the multipliers, once the slope is used */
    for (size_t k = 0; k < count; k++) {
        at->step[k] = target / design->amounts[k] - at->slope[k];
        at->hessian[k * count + k] =
            at->hessian[k * count + k] * (1.0 + ridge) + at->multipliers[k] / design->amounts[k];
    }
    TRY(matrix_solve(count, at->hessian, at->step, error));
    for (size_t k = 0; k < count; k++) {
        change[k] = target / design->amounts[k] - at->multipliers[k] -
                    at->multipliers[k] / design->amounts[k] * at->step[k];
    }
    double length = design_longest_step(count, design->amounts, at->step, 1.0);
    length = design_longest_step(count, at->multipliers, change, length);
    for (size_t k = 0; k < count; k++) {
        design->amounts[k] += length * at->step[k];
        at->multipliers[k] += length * change[k];
    }
    return STATUS_OK;
}

/* Largest |∂φ/∂c_k − z_k|, of numbers near 1. */
static double design_mismatch(const struct design *design, const struct iteration *at) {
    double largest = 0.0;
    for (size_t k = 0; k < design->count; k++) {
        largest = fmax(largest, fabs(at->slope[k] - at->multipliers[k]));
    }
    return largest;
}

enum status design_solve(struct design *design, struct arena *arena, struct error *error) {
    size_t count = design->count;
    struct iteration at;
    if (count == 0) {
        return design_evaluate(design, arena, error);
    }
    TRY(ARENA_NEW(arena, at.multipliers, count, error));
    TRY(ARENA_NEW(arena, at.slope, count, error));
    TRY(ARENA_NEW(arena, at.hessian, count * count, error));
    TRY(ARENA_NEW(arena, at.step, count, error));
    TRY(ARENA_NEW(arena, at.covariance_of, count * design->width, error));
    TRY(design_start(design, arena, error));
    for (size_t k = 0; k < count; k++) {
        at.multipliers[k] = start_share * design->value / (double)count / design->amounts[k];
    }
    for (int iteration = 0; iteration < ITERATIONS_MAX; iteration++) {
        design_differentiate(design, &at);
        /* Σ c_k z_k: what is still to be gained, once the slopes are the multipliers. */
        double slack = matrix_dot(count, design->amounts, at.multipliers);
        if (slack <= wanted_gap * design->value && design_mismatch(design, &at) <= wanted_match) {
            break;
        }
        enum status status = design_take_step(design, &at, centring * slack / (double)count, error);
        if (status == STATUS_BAD_INPUT) {
            break; /* parallel neurons: rounding allows no better amounts; the gap shows it */
        }
        TRY(status);
        TRY(design_evaluate(design, arena, error));
    }
    return STATUS_OK;
}
