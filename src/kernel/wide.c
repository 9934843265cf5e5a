/*
 * One network at a time (L = 1): matrix products through the BLAS, for layers wide enough to fill
 * them. The BLAS must be held to one thread (kernel_prepare).
 */
#include "kernel/kernel.h"

#include <cblas.h>
#include <math.h>
#include <string.h>

static void activate(enum activation f, size_t count, float *y) {
    for (size_t k = 0; k < count && f == ACTIVATION_RELU; k++) {
        y[k] = y[k] < 0.0f ? 0.0f : y[k]; /* NaN stays */
    }
}

/* y += W x for every row. */
static void add_product(struct affine_shape shape, const float *x, const float *weights, float *y) {
    if (shape.inputs > 0) {
        cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, (int)shape.rows, (int)shape.outputs,
                    (int)shape.inputs, 1.0f, x, (int)shape.inputs, weights, (int)shape.inputs, 1.0f,
                    y, (int)shape.outputs);
    }
}

static void affine(struct affine_shape shape, const float *x, const float *weights,
                   const float *bias, enum activation f, float *y) {
    for (size_t r = 0; r < shape.rows; r++) {
        memcpy(y + r * shape.outputs, bias, shape.outputs * sizeof *y);
    }
    add_product(shape, x, weights, y);
    activate(f, shape.rows * shape.outputs, y);
}

static void affine_add(struct affine_shape shape, const float *x, const float *weights,
                       const float *bias, enum activation f, float *y) {
    for (size_t r = 0; r < shape.rows; r++) {
        for (size_t o = 0; o < shape.outputs; o++) {
            y[r * shape.outputs + o] += bias[o];
        }
    }
    add_product(shape, x, weights, y);
    activate(f, shape.rows * shape.outputs, y);
}

/* dx = keep dx + W' dy for every row, 0 where `rectified` is. */
static void go_back(struct affine_shape shape, const float *dy, const float *weights, float keep,
                    const float *rectified, float *dx) {
    if (shape.outputs > 0) {
        cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, (int)shape.rows, (int)shape.inputs,
                    (int)shape.outputs, 1.0f, dy, (int)shape.outputs, weights, (int)shape.inputs,
                    keep, dx, (int)shape.inputs);
    }
    for (size_t k = 0; k < shape.rows * shape.inputs && rectified != NULL; k++) {
        dx[k] = rectified[k] > 0.0f ? dx[k] : 0.0f;
    }
}

static void affine_backward(struct affine_shape shape, const float *dy, const float *weights,
                            const float *rectified, float *dx) {
    go_back(shape, dy, weights, 0.0f, rectified, dx);
}

static void affine_backward_add(struct affine_shape shape, const float *dy, const float *weights,
                                const float *rectified, float *dx) {
    go_back(shape, dy, weights, 1.0f, rectified, dx);
}

static void affine_gradient(struct affine_shape shape, const float *dy, const float *x,
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

static void embed(struct affine_shape shape, const uint32_t *hot, const float *weights,
                  const float *bias, enum activation f, float *y) {
    for (size_t r = 0; r < shape.rows; r++) {
        for (size_t o = 0; o < shape.outputs; o++) {
            y[r * shape.outputs + o] = bias[o] + weights[o * shape.inputs + hot[r]];
        }
    }
    activate(f, shape.rows * shape.outputs, y);
}

static void embed_gradient(struct affine_shape shape, const float *dy, const uint32_t *hot,
                           float *weights_gradient, float *bias_gradient) {
    for (size_t r = 0; r < shape.rows; r++) {
        for (size_t o = 0; o < shape.outputs; o++) {
            float error = dy[r * shape.outputs + o];
            weights_gradient[o * shape.inputs + hot[r]] += error;
            bias_gradient[o] += error;
        }
    }
}

static void latent_values(size_t rows, size_t latents, const float *z,
                          const struct latent_sums *sums) {
    for (size_t r = 0; r < rows; r++) {
        float activity = 0.0f;
        float negativity = 0.0f;
        float magnitude = 0.0f;
        for (size_t h = 0; h < latents; h++) {
            float value = z[r * latents + h];
            float negative = value < 0.0f ? -value : 0.0f;
            activity += value * value;
            negativity += sums->negativity_power == 1 ? negative : negative * negative;
            magnitude += fabsf(value);
        }
        *sums->activity += sums->sample_weights[r] * activity;
        *sums->negativity += sums->sample_weights[r] * negativity;
        if (sums->sparsity != NULL) {
            *sums->sparsity += sums->sample_weights[r] * magnitude;
        }
    }
}

static void latent_gradient(size_t rows, size_t latents, const struct latent_penalty *penalty,
                            float *dz) {
    for (size_t r = 0; r < rows; r++) {
        float sparsity = penalty->sparsity != NULL ? penalty->sparsity[r] : 0.0f;
        for (size_t h = 0; h < latents; h++) {
            float z = penalty->latents[r * latents + h];
            float base = penalty->negativity_power == 1 ? -1.0f : z;
            float negative = z < 0.0f ? base : 0.0f;
            dz[r * latents + h] += penalty->activity[r] * z + penalty->negativity[r] * negative;
            dz[r * latents + h] += z > 0.0f ? sparsity : z < 0.0f ? -sparsity : 0.0f;
        }
    }
}

static void square_error(size_t rows, size_t columns, const float *y, const float *target,
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

static void moment_update(const struct moment_update *update) {
    const float beta1 = (float)update->beta1;
    const float beta2 = (float)update->beta2;
    const float rest1 = (float)(1.0 - update->beta1);
    const float rest2 = (float)(1.0 - update->beta2);
    float penalty = 2.0f * *update->penalty;
    for (size_t k = 0; k < update->count; k++) {
        float weight = update->weights[k];
        float gradient = update->gradient[k] + penalty * weight;
        float first = beta1 * update->first_moment[k] + rest1 * gradient;
        float second = beta2 * update->second_moment[k] + rest2 * gradient * gradient;
        float scale = sqrtf(second) * update->second_correction + update->epsilon;
        update->weights[k] = (1.0f - *update->shrink) * weight - *update->rate * first / scale;
        update->first_moment[k] = first;
        update->second_moment[k] = second;
        update->gradient[k] = 0.0f;
    }
}

static void square_sum(size_t count, const float *a, float *sum) {
    for (size_t k = 0; k < count; k++) {
        *sum += a[k] * a[k];
    }
}

static bool weighted_sum(size_t terms, const float *coefficients, const float *values,
                         float *total) {
    *total = 0.0f;
    for (size_t k = 0; k < terms; k++) {
        *total += coefficients[k] * values[k];
    }
    return isfinite(*total);
}

static void add_scaled(size_t count, const float *coefficient, const float *x, float *y) {
    for (size_t k = 0; k < count; k++) {
        y[k] += 2.0f * *coefficient * x[k];
    }
}

static void scale_and_limit(size_t count, const float *factor, const float *bound, float *a) {
    for (size_t k = 0; k < count; k++) {
        float value = *factor * a[k];
        value = value > *bound ? *bound : value;
        a[k] = value < -*bound ? -*bound : value;
    }
}

static void copy_lanes(size_t count, const float *chosen, const float *from, float *to) {
    if (*chosen != 0.0f) {
        memcpy(to, from, count * sizeof *to);
    }
}

extern const struct kernel kernel_wide;

const struct kernel kernel_wide = {
    .name = "wide",
    .lanes = 1,
    .affine = affine,
    .affine_add = affine_add,
    .affine_backward = affine_backward,
    .affine_backward_add = affine_backward_add,
    .affine_gradient = affine_gradient,
    .embed = embed,
    .embed_gradient = embed_gradient,
    .latent_values = latent_values,
    .latent_gradient = latent_gradient,
    .square_error = square_error,
    .moment_update = moment_update,
    .square_sum = square_sum,
    .weighted_sum = weighted_sum,
    .add_scaled = add_scaled,
    .scale_and_limit = scale_and_limit,
    .copy_lanes = copy_lanes,
};
