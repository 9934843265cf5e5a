/*
 * Maps that add to what is there, and penalties, of any number of rows and of layers without units:
 * against naive sums in double precision, and bit for bit within each family of kernels.
 */
#include "kernel/arrays.h"

enum { FAMILY = 3, FAMILIES = 2, NAMES = FAMILY * FAMILIES, MAPS = 6 };

static const char *const names[NAMES] = {"avx512",      "avx2",      "portable",
                                         "wide_avx512", "wide_avx2", "wide_portable"};

static const size_t widths[] = {0, 1, 2, 3, 4, 5, 6, 7, 11, 16, 17};
enum { WIDTHS = sizeof widths / sizeof widths[0] };

static const size_t some_rows[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 26};
enum { ROWS = sizeof some_rows / sizeof some_rows[0] };

/* Rounding of sums of at most some dozens of products of order one. */
static const double TOLERANCE = 1e-4;

/* What lies behind the last row, and must stay. */
static const float BEHIND = 12345.0f;

/* One affine map, both ways; arrays of no numbers are NULL. */
struct map {
    struct affine_shape shape;
    size_t lanes;
    const float *x, *weights, *bias, *dy, *rectified;
    const float *y, *dx, *dw, *db; /* what is added to */
};

static const float *normals_or_null(struct arrays *arrays, size_t count) {
    return count == 0 ? NULL : normals(arrays, count);
}

/* What a ReLU may have given: half of it is 0. */
static const float *rectified_or_null(struct arrays *arrays, size_t count) {
    float *numbers = count == 0 ? NULL : normals(arrays, count);
    for (size_t k = 0; k < count; k++) {
        numbers[k] = fmaxf(0.0f, numbers[k]);
    }
    return numbers;
}

static struct map map_make(struct arrays *arrays, struct affine_shape shape, size_t lanes) {
    size_t ins = shape.rows * shape.inputs * lanes;
    size_t outs = shape.rows * shape.outputs * lanes;
    size_t weights = shape.inputs * shape.outputs * lanes;
    return (struct map){.shape = shape,
                        .lanes = lanes,
                        .x = normals_or_null(arrays, ins),
                        .weights = normals_or_null(arrays, weights),
                        .bias = normals_or_null(arrays, shape.outputs * lanes),
                        .dy = normals_or_null(arrays, outs),
                        .rectified = rectified_or_null(arrays, ins),
                        .y = normals_or_null(arrays, outs),
                        .dx = normals_or_null(arrays, ins),
                        .dw = normals_or_null(arrays, weights),
                        .db = normals_or_null(arrays, shape.outputs * lanes)};
}

/* A copy with a vector behind it that nobody may write to. */
static float *copy_guarded(struct arrays *arrays, const float *numbers, size_t count) {
    float *copy = zeros(arrays, count + KERNEL_LANES);
    for (size_t k = 0; k < count + KERNEL_LANES; k++) {
        copy[k] = k < count ? numbers[k] : BEHIND;
    }
    return copy;
}

static void expect_guard(const float *copy, size_t count) {
    for (size_t k = count; k < count + KERNEL_LANES; k++) {
        assert_true(copy[k] == BEHIND);
    }
}

static size_t count_in(const struct map *map) {
    return map->shape.rows * map->shape.inputs * map->lanes;
}

static size_t count_out(const struct map *map) {
    return map->shape.rows * map->shape.outputs * map->lanes;
}

/* What all of them give: y linear and rectified, dx without and with a gate, dW, db. */
struct results {
    float *of[MAPS];
    size_t count[MAPS];
};

static struct results run(const struct kernel *kernel, struct arrays *arrays,
                          const struct map *map) {
    size_t weights = map->shape.inputs * map->shape.outputs * map->lanes;
    size_t biases = map->shape.outputs * map->lanes;
    struct results r = {
        .count = {count_out(map), count_out(map), count_in(map), count_in(map), weights, biases}};
    const float *before[MAPS] = {map->y, map->y, map->dx, map->dx, map->dw, map->db};
    for (size_t k = 0; k < MAPS; k++) {
        r.of[k] = copy_guarded(arrays, before[k], r.count[k]);
    }
    kernel->affine_add(map->shape, map->x, map->weights, map->bias, ACTIVATION_LINEAR, r.of[0]);
    kernel->affine_add(map->shape, map->x, map->weights, map->bias, ACTIVATION_RELU, r.of[1]);
    kernel->affine_backward_add(map->shape, map->dy, map->weights, NULL, r.of[2]);
    if (map->rectified != NULL) {
        kernel->affine_backward_add(map->shape, map->dy, map->weights, map->rectified, r.of[3]);
    }
    kernel->affine_gradient(map->shape, map->dy, map->x, r.of[4], r.of[5]);
    for (size_t k = 0; k < MAPS; k++) {
        expect_guard(r.of[k], r.count[k]);
    }
    return r;
}

/* Element (i, j) of [..][columns][L] in one lane. */
static double at(const struct map *map, const float *a, size_t i, size_t columns, size_t j,
                 size_t lane) {
    return (double)a[(i * columns + j) * map->lanes + lane];
}

static void expect_near(const char *what, const struct kernel *kernel, const struct map *map,
                        double found, double expected) {
    if (!(fabs(found - expected) <= TOLERANCE * (1.0 + fabs(expected)))) {
        fail_msg("%s of %s for %zu rows, %zu inputs, %zu outputs is %.9g, expected %.9g", what,
                 kernel->name, map->shape.rows, map->shape.inputs, map->shape.outputs, found,
                 expected);
    }
}

static void check_forward(const struct kernel *kernel, const struct map *map,
                          const struct results *r, size_t l) {
    size_t inputs = map->shape.inputs;
    size_t outputs = map->shape.outputs;
    for (size_t n = 0; n < map->shape.rows; n++) {
        for (size_t o = 0; o < outputs; o++) {
            double y = at(map, map->y, n, outputs, o, l) + at(map, map->bias, o, 1, 0, l);
            for (size_t i = 0; i < inputs; i++) {
                y += at(map, map->weights, o, inputs, i, l) * at(map, map->x, n, inputs, i, l);
            }
            expect_near("y", kernel, map, at(map, r->of[0], n, outputs, o, l), y);
            expect_near("max(0, y)", kernel, map, at(map, r->of[1], n, outputs, o, l),
                        fmax(0.0, y));
        }
    }
}

static void check_backward(const struct kernel *kernel, const struct map *map,
                           const struct results *r, size_t l) {
    size_t inputs = map->shape.inputs;
    size_t outputs = map->shape.outputs;
    for (size_t n = 0; n < map->shape.rows; n++) {
        for (size_t i = 0; i < inputs; i++) {
            double dx = at(map, map->dx, n, inputs, i, l);
            for (size_t o = 0; o < outputs; o++) {
                dx += at(map, map->weights, o, inputs, i, l) * at(map, map->dy, n, outputs, o, l);
            }
            bool open = at(map, map->rectified, n, inputs, i, l) > 0.0;
            expect_near("dx", kernel, map, at(map, r->of[2], n, inputs, i, l), dx);
            expect_near("gated dx", kernel, map, at(map, r->of[3], n, inputs, i, l),
                        open ? dx : 0.0);
        }
    }
}

static void check_gradient(const struct kernel *kernel, const struct map *map,
                           const struct results *r, size_t l) {
    size_t inputs = map->shape.inputs;
    size_t outputs = map->shape.outputs;
    for (size_t o = 0; o < outputs; o++) {
        double db = at(map, map->db, o, 1, 0, l);
        for (size_t n = 0; n < map->shape.rows; n++) {
            db += at(map, map->dy, n, outputs, o, l);
        }
        expect_near("db", kernel, map, at(map, r->of[5], o, 1, 0, l), db);
        for (size_t i = 0; i < inputs; i++) {
            double dw = at(map, map->dw, o, inputs, i, l);
            for (size_t n = 0; n < map->shape.rows; n++) {
                dw += at(map, map->dy, n, outputs, o, l) * at(map, map->x, n, inputs, i, l);
            }
            expect_near("dW", kernel, map, at(map, r->of[4], o, inputs, i, l), dw);
        }
    }
}

static void expect_same(const struct kernel *kernel, const struct map *map, const struct results *a,
                        const struct results *b) {
    for (size_t k = 0; k < MAPS; k++) {
        if (memcmp(a->of[k], b->of[k], a->count[k] * sizeof **a->of) != 0) {
            fail_msg("result %zu of %s differs for %zu rows, %zu inputs, %zu outputs", k,
                     kernel->name, map->shape.rows, map->shape.inputs, map->shape.outputs);
        }
    }
}

/* All variants of one family, the last of which every machine has. */
static void check_family(const char *const *family, struct arrays *arrays,
                         struct affine_shape shape) {
    const struct kernel *portable = kernel_named(family[FAMILY - 1]);
    struct map map = map_make(arrays, shape, portable->lanes);
    struct results expected = run(portable, arrays, &map);
    for (size_t l = 0; l < map.lanes; l += KERNEL_LANES - 1) {
        check_forward(portable, &map, &expected, l);
        check_backward(portable, &map, &expected, l);
        check_gradient(portable, &map, &expected, l);
    }
    for (size_t k = 0; k + 1 < FAMILY; k++) {
        const struct kernel *kernel = kernel_named(family[k]);
        if (kernel != NULL) {
            struct results results = run(kernel, arrays, &map);
            expect_same(kernel, &map, &results, &expected);
        }
    }
}

static void test_maps_add_to_what_is_there(void **state) {
    (void)state;
    for (size_t i = 0; i < WIDTHS; i++) {
        for (size_t o = 0; o < WIDTHS; o++) {
            for (size_t r = 0; r < ROWS; r++) {
                struct arrays arrays = arrays_begin(1 + (i * WIDTHS + o) * ROWS + r);
                struct affine_shape shape = {some_rows[r], widths[i], widths[o]};
                check_family(names, &arrays, shape);
                check_family(names + FAMILY, &arrays, shape);
                arena_free(&arrays.arena);
            }
        }
    }
}

/* NaN in any of them reaches what is rectified: training tells by it that a network diverged. */
static void test_no_number_stays_none(void **state) {
    (void)state;
    struct arrays arrays = arrays_begin(1);
    struct affine_shape shape = {9, 3, 5};
    for (size_t k = 0; k < NAMES; k++) {
        const struct kernel *kernel = kernel_named(names[k]);
        if (kernel == NULL) {
            continue;
        }
        struct map map = map_make(&arrays, shape, kernel->lanes);
        float *y = copy_guarded(&arrays, map.y, count_out(&map));
        for (size_t n = 0; n < count_out(&map); n++) {
            y[n] = NAN;
        }
        kernel->affine_add(shape, map.x, map.weights, map.bias, ACTIVATION_RELU, y);
        for (size_t n = 0; n < count_out(&map); n++) {
            assert_true(isnan(y[n]));
        }
    }
    arena_free(&arrays.arena);
}

/* Latents with the weights of their samples. */
struct latents {
    size_t rows, width, lanes;
    const float *z, *weights;
};

static const double terms_start = 2.0;
enum { TERMS = 3 };

/* Sums [TERMS][L] that are not 0 at the start; SPA is left out where there is none. */
static float *add_values(const struct kernel *kernel, struct arrays *arrays,
                         const struct latents *latents, int power, bool sparse) {
    float *sums = zeros(arrays, TERMS * latents->lanes);
    for (size_t k = 0; k < TERMS * latents->lanes; k++) {
        sums[k] = (float)terms_start;
    }
    struct latent_sums terms = {.sample_weights = latents->weights,
                                .negativity_power = power,
                                .activity = sums,
                                .negativity = sums + latents->lanes,
                                .sparsity = sparse ? sums + 2 * latents->lanes : NULL};
    kernel->latent_values(latents->rows, latents->width, latents->z, &terms);
    return sums;
}

static void check_values(const struct kernel *kernel, const struct latents *latents, int power,
                         bool sparse, const float *sums, size_t l) {
    double expected[TERMS] = {terms_start, terms_start, terms_start};
    for (size_t r = 0; r < latents->rows; r++) {
        double weight = (double)latents->weights[r * latents->lanes + l];
        for (size_t h = 0; h < latents->width; h++) {
            double z = (double)latents->z[(r * latents->width + h) * latents->lanes + l];
            expected[0] += weight * z * z;
            expected[1] += weight * pow(fmax(0.0, -z), power);
            expected[2] += sparse ? weight * fabs(z) : 0.0;
        }
    }
    for (size_t k = 0; k < TERMS; k++) {
        double found = (double)sums[k * latents->lanes + l];
        if (!(fabs(found - expected[k]) <= TOLERANCE / 10.0 * (1.0 + fabs(expected[k])))) {
            fail_msg("term %zu of %s for %zu rows of %zu latents is %.9g, expected %.9g", k,
                     kernel->name, latents->rows, latents->width, found, expected[k]);
        }
    }
}

static void check_latents(const char *const *family, size_t rows, size_t width, int power) {
    const struct kernel *portable = kernel_named(family[FAMILY - 1]);
    struct arrays arrays = arrays_begin(1 + rows * 100 + width);
    size_t lanes = portable->lanes;
    struct latents latents = {rows, width, lanes, normals(&arrays, rows * width * lanes),
                              uniforms(&arrays, rows * lanes)};
    bool sparse = width % 2 == 0;
    float *expected = add_values(portable, &arrays, &latents, power, sparse);
    for (size_t l = 0; l < lanes; l++) {
        check_values(portable, &latents, power, sparse, expected, l);
    }
    for (size_t k = 0; k + 1 < FAMILY; k++) {
        const struct kernel *kernel = kernel_named(family[k]);
        if (kernel != NULL) {
            float *sums = add_values(kernel, &arrays, &latents, power, sparse);
            assert_memory_equal(sums, expected, TERMS * lanes * sizeof *sums);
        }
    }
    arena_free(&arrays.arena);
}

/* Widths beside those of one and of several vectors. */
static void test_latents_of_any_width(void **state) {
    (void)state;
    enum { WIDEST = 50, MAX_ROWS = 5 };
    for (size_t rows = 1; rows <= MAX_ROWS; rows++) {
        for (size_t width = 1; width <= WIDEST; width++) {
            for (int power = 1; power <= 2; power++) {
                check_latents(names, rows, width, power);
                check_latents(names + FAMILY, rows, width, power);
            }
        }
    }
}

int main(void) {
    kernel_prepare();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_maps_add_to_what_is_there),
        cmocka_unit_test(test_no_number_stays_none),
        cmocka_unit_test(test_latents_of_any_width),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
