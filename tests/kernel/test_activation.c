/*
 * Rectified maps against the plain ones, and maps of one-hot inputs against the plain ones on the
 * same inputs written out: bit for bit, for every variant.
 */
#include "kernel/arrays.h"

static const char *const names[] = {"avx512",      "avx2",      "portable",
                                    "wide_avx512", "wide_avx2", "wide_portable"};
enum { NAMES = sizeof names / sizeof names[0] };

static const size_t widths[] = {1, 2, 3, 4, 6, 9, 25};
enum {
    WIDTHS = sizeof widths / sizeof widths[0],
    ROWS = 72 /* more than one block of kernel.embed */
};

typedef void check_shape(const struct kernel *kernel, struct arrays *arrays,
                         struct affine_shape shape);

static void for_every_shape(check_shape *check) {
    for (size_t k = 0; k < NAMES; k++) {
        const struct kernel *kernel = kernel_named(names[k]);
        for (size_t w = 0; kernel != NULL && w < (size_t)WIDTHS * WIDTHS; w++) {
            struct arrays arrays = arrays_begin(w);
            struct affine_shape shape = {ROWS, widths[w / WIDTHS], widths[w % WIDTHS]};
            check(kernel, &arrays, shape);
            arena_free(&arrays.arena);
        }
    }
}

static void expect_same(const struct kernel *kernel, const char *what, const float *a,
                        const float *b, size_t count) {
    for (size_t k = 0; k < count * kernel->lanes; k++) {
        if (!(a[k] == b[k])) {
            fail_msg("%s of %s: %.9g, expected %.9g at %zu", what, kernel->name, (double)a[k],
                     (double)b[k], k);
        }
    }
}

static void check_rectified(const struct kernel *kernel, struct arrays *arrays,
                            struct affine_shape shape) {
    size_t lanes = kernel->lanes;
    size_t outputs = shape.rows * shape.outputs;
    size_t inputs = shape.rows * shape.inputs;
    float *x = normals(arrays, inputs * lanes);
    float *weights = normals(arrays, shape.inputs * shape.outputs * lanes);
    float *bias = normals(arrays, shape.outputs * lanes);
    float *plain = zeros(arrays, outputs * lanes);
    float *rectified = zeros(arrays, outputs * lanes);
    kernel->affine(shape, x, weights, bias, ACTIVATION_LINEAR, plain);
    kernel->affine(shape, x, weights, bias, ACTIVATION_RELU, rectified);
    for (size_t k = 0; k < outputs * lanes; k++) {
        plain[k] = plain[k] < 0.0f ? 0.0f : plain[k];
    }
    expect_same(kernel, "relu", rectified, plain, outputs);

    float *dy = normals(arrays, outputs * lanes);
    float *dx = zeros(arrays, inputs * lanes);
    float *gated = zeros(arrays, inputs * lanes);
    for (size_t k = 0; k < inputs * lanes; k++) {
        x[k] = x[k] < 0.0f ? 0.0f : x[k];
    }
    kernel->affine_backward(shape, dy, weights, NULL, dx);
    kernel->affine_backward(shape, dy, weights, x, gated);
    for (size_t k = 0; k < inputs * lanes; k++) {
        dx[k] = x[k] > 0.0f ? dx[k] : 0.0f;
    }
    expect_same(kernel, "gradient through relu", gated, dx, inputs);
}

/* Rows in which the lanes agree on the input and rows in which they do not, in turn. */
static uint32_t *draw_inputs(const struct kernel *kernel, struct arrays *arrays,
                             struct affine_shape shape) {
    struct error error = {0};
    uint32_t *hot;
    assert_ok(&error, ARENA_NEW(&arrays->arena, hot, shape.rows * kernel->lanes, &error));
    for (size_t r = 0; r < shape.rows; r++) {
        for (size_t l = 0; l < kernel->lanes; l++) {
            bool same = r % 2 == 1 && l > 0;
            hot[r * kernel->lanes + l] =
                same ? hot[r * kernel->lanes]
                     : (uint32_t)random_below(&arrays->stream, shape.inputs);
        }
    }
    return hot;
}

static void check_one_hot(const struct kernel *kernel, struct arrays *arrays,
                          struct affine_shape shape) {
    size_t lanes = kernel->lanes;
    size_t outputs = shape.rows * shape.outputs;
    size_t weight_count = shape.inputs * shape.outputs;
    uint32_t *hot = draw_inputs(kernel, arrays, shape);
    float *x = zeros(arrays, shape.rows * shape.inputs * lanes);
    for (size_t k = 0; k < shape.rows * lanes; k++) {
        x[(k / lanes * shape.inputs + hot[k]) * lanes + k % lanes] = 1.0f;
    }
    float *weights = normals(arrays, weight_count * lanes);
    float *bias = normals(arrays, shape.outputs * lanes);
    float *dense = zeros(arrays, outputs * lanes);
    float *embedded = zeros(arrays, outputs * lanes);
    kernel->affine(shape, x, weights, bias, ACTIVATION_RELU, dense);
    kernel->embed(shape, hot, weights, bias, ACTIVATION_RELU, embedded);
    if (lanes > 1) { /* the BLAS has an order of its own */
        expect_same(kernel, "embedding", embedded, dense, outputs);
    }
    float *dy = normals(arrays, outputs * lanes);
    float *gradient = normals(arrays, weight_count * lanes);
    float *bias_gradient = normals(arrays, shape.outputs * lanes);
    float *expected = copy_of(arrays, gradient, weight_count * lanes);
    float *expected_bias = copy_of(arrays, bias_gradient, shape.outputs * lanes);
    kernel->embed_gradient(shape, dy, hot, gradient, bias_gradient);
    kernel->affine_gradient(shape, dy, x, expected, expected_bias);
    for (size_t k = 0; k < weight_count * lanes; k++) {
        assert_true(fabsf(gradient[k] - expected[k]) <= 1e-5f);
    }
    expect_same(kernel, "gradient by the bias", bias_gradient, expected_bias, shape.outputs);
}

static void test_rectified_maps(void **state) {
    (void)state;
    for_every_shape(check_rectified);
}

static void test_one_hot_inputs(void **state) {
    (void)state;
    for_every_shape(check_one_hot);
}

/* What is no number must reach the loss. */
static void test_nan_passes_a_relu(void **state) {
    (void)state;
    for (size_t k = 0; k < NAMES; k++) {
        const struct kernel *kernel = kernel_named(names[k]);
        struct arrays arrays = arrays_begin(k);
        struct affine_shape shape = {KERNEL_ROW_QUANTUM, 1, 1};
        if (kernel == NULL) {
            continue;
        }
        float *x = zeros(&arrays, shape.rows * kernel->lanes);
        float *y = zeros(&arrays, shape.rows * kernel->lanes);
        float *weights = zeros(&arrays, kernel->lanes);
        float *bias = zeros(&arrays, kernel->lanes);
        bias[0] = NAN;
        kernel->affine(shape, x, weights, bias, ACTIVATION_RELU, y);
        assert_true(isnan(y[0]));
        arena_free(&arrays.arena);
    }
}

int main(void) {
    kernel_prepare();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rectified_maps),
        cmocka_unit_test(test_one_hot_inputs),
        cmocka_unit_test(test_nan_passes_a_relu),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
