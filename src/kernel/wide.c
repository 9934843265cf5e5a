/*
 * One network at a time (L = 1): matrix products through the BLAS, for layers wide enough to fill
 * them. The BLAS must be held to one thread (kernel_prepare). The source is compiled once for every
 * instruction set, with WIDE_VARIANT naming the variant, so that the compiler can make vectors of
 * the loops; those that sum keep PARTIAL_SUMS sums apart, hence all variants give the same bits.
 */
#include "lanes_vector.h"

#include <cblas.h>
#include <math.h>
#include <string.h>

/* Sums of every sixteenth number, in as many vectors as that takes. */
struct partial_sums {
    vector of[PARTS];
};

typedef float unaligned_vector
    __attribute__((vector_size(VECTOR_LANES * sizeof(float)), aligned(sizeof(float)), may_alias));

INLINE vector wide_load_part(const float *a, size_t part) {
    return *(const unaligned_vector *)(a + part * VECTOR_LANES);
}

/* Pairs at half the distance of all, then of what is left, and so on. */
static float wide_add_up(struct partial_sums partial) {
    float sums[L];
    memcpy(sums, partial.of, sizeof sums);
    for (size_t width = L / 2; width > 0; width /= 2) {
        for (size_t j = 0; j < width; j++) {
            sums[j] += sums[j + width];
        }
    }
    return sums[0];
}

INLINE void wide_add_squares(const float *a, struct partial_sums *squares) {
    UNROLL
    for (size_t p = 0; p < PARTS; p++) {
        vector value = wide_load_part(a, p);
        squares->of[p] += value * value;
    }
}

static void wide_activate(enum activation f, size_t count, float *y) {
    for (size_t k = 0; k < count && f == ACTIVATION_RELU; k++) {
        y[k] = y[k] < 0.0f ? 0.0f : y[k]; /* NaN stays */
    }
}

/* y += W x for every row. */
static void wide_add_product(struct affine_shape shape, const float *x, const float *weights,
                             float *y) {
    if (shape.inputs > 0) {
        cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, (int)shape.rows, (int)shape.outputs,
                    (int)shape.inputs, 1.0f, x, (int)shape.inputs, weights, (int)shape.inputs, 1.0f,
                    y, (int)shape.outputs);
    }
}

static void wide_affine(struct affine_shape shape, const float *x, const float *weights,
                        const float *bias, enum activation f, float *y) {
    for (size_t r = 0; r < shape.rows; r++) {
        memcpy(y + r * shape.outputs, bias, shape.outputs * sizeof *y);
    }
    wide_add_product(shape, x, weights, y);
    wide_activate(f, shape.rows * shape.outputs, y);
}

static void wide_affine_add(struct affine_shape shape, const float *x, const float *weights,
                            const float *bias, enum activation f, float *y) {
    for (size_t r = 0; r < shape.rows; r++) {
        for (size_t o = 0; o < shape.outputs; o++) {
            y[r * shape.outputs + o] += bias[o];
        }
    }
    wide_add_product(shape, x, weights, y);
    wide_activate(f, shape.rows * shape.outputs, y);
}

/* dx = keep dx + W' dy for every row, 0 where `rectified` is. */
static void wide_go_back(struct affine_shape shape, const float *dy, const float *weights,
                         float keep, const float *rectified, float *dx) {
    if (shape.outputs > 0) {
        cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, (int)shape.rows, (int)shape.inputs,
                    (int)shape.outputs, 1.0f, dy, (int)shape.outputs, weights, (int)shape.inputs,
                    keep, dx, (int)shape.inputs);
    }
    for (size_t k = 0; k < shape.rows * shape.inputs && rectified != NULL; k++) {
        dx[k] = rectified[k] > 0.0f ? dx[k] : 0.0f;
    }
}

static void wide_affine_backward(struct affine_shape shape, const float *dy, const float *weights,
                                 const float *rectified, float *dx) {
    wide_go_back(shape, dy, weights, 0.0f, rectified, dx);
}

static void wide_affine_backward_add(struct affine_shape shape, const float *dy,
                                     const float *weights, const float *rectified, float *dx) {
    wide_go_back(shape, dy, weights, 1.0f, rectified, dx);
}

static void wide_affine_gradient(struct affine_shape shape, const float *dy, const float *x,
                                 float *weights_gradient, float *bias_gradient) {
    if (shape.inputs > 0) {
        cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, (int)shape.outputs, (int)shape.inputs,
                    (int)shape.rows, 1.0f, dy, (int)shape.outputs, x, (int)shape.inputs, 1.0f,
                    weights_gradient, (int)shape.inputs);
    }
    for (size_t r = 0; r < shape.rows; r++) {
        for (size_t o = 0; o < shape.outputs; o++) {
            bias_gradient[o] += dy[r * shape.outputs + o];
        }
    }
}

static void wide_embed(struct affine_shape shape, const uint32_t *hot, const float *weights,
                       const float *bias, enum activation f, float *y) {
    for (size_t r = 0; r < shape.rows; r++) {
        for (size_t o = 0; o < shape.outputs; o++) {
            y[r * shape.outputs + o] = bias[o] + weights[o * shape.inputs + hot[r]];
        }
    }
    wide_activate(f, shape.rows * shape.outputs, y);
}

static void wide_embed_gradient(struct affine_shape shape, const float *dy, const uint32_t *hot,
                                float *weights_gradient, float *bias_gradient) {
    for (size_t r = 0; r < shape.rows; r++) {
        for (size_t o = 0; o < shape.outputs; o++) {
            float error = dy[r * shape.outputs + o];
            weights_gradient[o * shape.inputs + hot[r]] += error;
            bias_gradient[o] += error;
        }
    }
}

/* Values of the penalties. */
struct latent_row {
    struct partial_sums squares, negatives, magnitudes;
};

INLINE void wide_add_values(const int power, const float *z, struct latent_row *row) {
    const mask all_but_sign = (mask){0} + INT32_MAX;
    UNROLL
    for (size_t p = 0; p < PARTS; p++) {
        vector value = wide_load_part(z, p);
        vector magnitude = (vector)((mask)value & all_but_sign);
        vector negative = 0.5f * (magnitude - value);
        row->squares.of[p] += value * value;
        if (power == 2) {
            negative *= negative;
        }
        row->negatives.of[p] += negative;
        row->magnitudes.of[p] += magnitude;
    }
}

/* Adds weight times the values of one sample. */
INLINE void wide_add_row(const int power, size_t latents, const float *z, float weight,
                         struct latent_row *total) {
    struct latent_row row = {0};
    float rest[L] = {0};
    size_t whole = latents - latents % L;
    for (size_t h = 0; h < whole; h += L) {
        wide_add_values(power, z + h, &row);
    }
    if (whole < latents) {
        memcpy(rest, z + whole, (latents - whole) * sizeof *rest);
        wide_add_values(power, rest, &row);
    }
    UNROLL
    for (size_t p = 0; p < PARTS; p++) {
        total->squares.of[p] += weight * row.squares.of[p];
        total->negatives.of[p] += weight * row.negatives.of[p];
        total->magnitudes.of[p] += weight * row.magnitudes.of[p];
    }
}

INLINE struct latent_row wide_all_values(const int power, size_t rows, size_t latents,
                                         const float *z, const float *weights) {
    struct latent_row total = {0};
    for (size_t r = 0; r < rows; r++) {
        wide_add_row(power, latents, z + r * latents, weights[r], &total);
    }
    return total;
}

static void wide_latent_values(size_t rows, size_t latents, const float *z,
                               const struct latent_sums *sums) {
    struct latent_row total = sums->negativity_power == 1
                                  ? wide_all_values(1, rows, latents, z, sums->sample_weights)
                                  : wide_all_values(2, rows, latents, z, sums->sample_weights);
    *sums->activity += wide_add_up(total.squares);
    *sums->negativity += wide_add_up(total.negatives);
    if (sums->sparsity != NULL) {
        *sums->sparsity += wide_add_up(total.magnitudes);
    }
}

/* Slopes of one sample's penalties. */
struct latent_slopes {
    float activity, negativity, sparsity;
};

static inline __attribute__((always_inline)) void
wide_add_row_gradient(const int power, size_t latents, struct latent_slopes slopes,
                      const float *restrict z, float *restrict dz) {
    for (size_t h = 0; h < latents; h++) {
        float base = power == 1 ? -1.0f : z[h];
        float negative = z[h] < 0.0f ? base : 0.0f;
        float sign = (z[h] > 0.0f ? 1.0f : 0.0f) - (z[h] < 0.0f ? 1.0f : 0.0f);
        dz[h] += slopes.activity * z[h] + slopes.negativity * negative + slopes.sparsity * sign;
    }
}

static void wide_latent_gradient(size_t rows, size_t latents, const struct latent_penalty *penalty,
                                 float *dz) {
    for (size_t r = 0; r < rows; r++) {
        struct latent_slopes slopes = {penalty->activity[r], penalty->negativity[r],
                                       penalty->sparsity != NULL ? penalty->sparsity[r] : 0.0f};
        const float *z = penalty->latents + r * latents;
        if (penalty->negativity_power == 1) {
            wide_add_row_gradient(1, latents, slopes, z, dz + r * latents);
        } else {
            wide_add_row_gradient(2, latents, slopes, z, dz + r * latents);
        }
    }
}

static void wide_square_error(size_t rows, size_t columns, const float *y, const float *target,
                              const float *sample_weights, const float *coefficient, float *dy,
                              float *sum) {
    float share = 1.0f / (float)columns;
    for (size_t r = 0; r < rows; r++) {
        float squares = 0.0f;
        for (size_t c = 0; c < columns; c++) {
            size_t at = r * columns + c;
            float error = y[at] - target[at];
            squares += error * error;
            dy[at] = 2.0f * share * *coefficient * sample_weights[r] * error;
        }
        *sum += share * sample_weights[r] * squares;
    }
}

static void wide_moment_update(const struct moment_update *update) {
    const float beta1 = (float)update->beta1;
    const float beta2 = (float)update->beta2;
    const float rest1 = (float)(1.0 - update->beta1);
    const float rest2 = (float)(1.0 - update->beta2);
    const float penalty = 2.0f * *update->penalty;
    const float keep = 1.0f - *update->shrink;
    const float rate = *update->rate;
    const float correction = update->second_correction;
    const float epsilon = update->epsilon;
    float *restrict weights = update->weights;
    float *restrict gradients = update->gradient;
    float *restrict firsts = update->first_moment;
    float *restrict seconds = update->second_moment;
    for (size_t k = 0; k < update->count; k++) {
        float gradient = gradients[k] + penalty * weights[k];
        float first = beta1 * firsts[k] + rest1 * gradient;
        float second = beta2 * seconds[k] + rest2 * gradient * gradient;
        float scale = sqrtf(second) * correction + epsilon;
        weights[k] = keep * weights[k] - rate * first / scale;
        firsts[k] = first;
        seconds[k] = second;
        gradients[k] = 0.0f;
    }
}

static void wide_square_sum(size_t count, const float *a, float *sum) {
    struct partial_sums squares = {0};
    float rest[L] = {0};
    size_t whole = count - count % L;
    for (size_t k = 0; k < whole; k += L) {
        wide_add_squares(a + k, &squares);
    }
    memcpy(rest, a + whole, (count - whole) * sizeof *rest);
    wide_add_squares(rest, &squares);
    *sum += wide_add_up(squares);
}

static bool wide_weighted_sum(size_t terms, const float *coefficients, const float *values,
                              float *total) {
    *total = 0.0f;
    for (size_t k = 0; k < terms; k++) {
        *total += coefficients[k] * values[k];
    }
    return isfinite(*total);
}

static void wide_add_scaled(size_t count, const float *coefficient, const float *x, float *y) {
    const float slope = 2.0f * *coefficient;
    for (size_t k = 0; k < count; k++) {
        y[k] += slope * x[k];
    }
}

static void wide_scale_and_limit(size_t count, const float *factor, const float *bound, float *a) {
    const float scale = *factor;
    const float most = *bound;
    for (size_t k = 0; k < count; k++) {
        float value = scale * a[k];
        value = value > most ? most : value;
        a[k] = value < -most ? -most : value;
    }
}

static void wide_copy_lanes(size_t count, const float *chosen, const float *from, float *to) {
    if (*chosen != 0.0f) {
        memcpy(to, from, count * sizeof *to);
    }
}

#define JOIN(a, b) a##b
#define VARIANT(name) JOIN(kernel_wide_, name)
#define TEXT(name) #name
#define NAME(name) "wide_" TEXT(name)

extern const struct kernel VARIANT(WIDE_VARIANT);

const struct kernel VARIANT(WIDE_VARIANT) = {
    .name = NAME(WIDE_VARIANT),
    .lanes = 1,
    .affine = wide_affine,
    .affine_add = wide_affine_add,
    .affine_backward = wide_affine_backward,
    .affine_backward_add = wide_affine_backward_add,
    .affine_gradient = wide_affine_gradient,
    .embed = wide_embed,
    .embed_gradient = wide_embed_gradient,
    .latent_values = wide_latent_values,
    .latent_gradient = wide_latent_gradient,
    .square_error = wide_square_error,
    .moment_update = wide_moment_update,
    .square_sum = wide_square_sum,
    .weighted_sum = wide_weighted_sum,
    .add_scaled = wide_add_scaled,
    .scale_and_limit = wide_scale_and_limit,
    .copy_lanes = wide_copy_lanes,
};
