/*
 * The maps and penalties of every variant against naive sums in double precision, and bit for bit
 * against one another.
 */
#include "kernel/arrays.h"

static const char *const names[] = {"avx512",      "avx2",      "portable",
                                    "wide_avx512", "wide_avx2", "wide_portable"};
enum { NAMES = sizeof names / sizeof names[0], FAMILY = 3 };

static const size_t some_rows[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 17, 24};
enum { ROWS = sizeof some_rows / sizeof some_rows[0] };

static const size_t widths[] = {1, 2, 3, 4, 5, 6, 7, 11, 16, 17};
enum { WIDTHS = sizeof widths / sizeof widths[0] };

/* Rounding of sums of at most some dozens of products of order one. */
static const double TOLERANCE = 1e-4;

/* Inputs of all operations for one shape; `outputs` are the latents between two maps. */
struct problem {
    size_t rows, inputs, outputs, lanes;
    float *x, *w1, *b1, *w2, *b2, *dy, *weight, *activity, *negativity, *sparsity;
};

/* The results of all operations on one problem. */
struct outcome {
    float *z, *out, *dz, *sums, *dw1, *db1, *dw2, *db2;
};

static struct problem problem_make(struct arrays *arrays, size_t rows, size_t inputs,
                                   size_t outputs, size_t lanes) {
    size_t weights = inputs * outputs * lanes;
    return (struct problem){
        .rows = rows,
        .inputs = inputs,
        .outputs = outputs,
        .lanes = lanes,
        .x = normals(arrays, rows * inputs * lanes),
        .w1 = normals(arrays, weights),
        .b1 = normals(arrays, outputs * lanes),
        .w2 = normals(arrays, weights),
        .b2 = normals(arrays, inputs * lanes),
        .dy = normals(arrays, rows * inputs * lanes),
        .weight = uniforms(arrays, rows * lanes),
        .activity = uniforms(arrays, rows * lanes),
        .negativity = uniforms(arrays, rows * lanes),
        .sparsity = uniforms(arrays, rows * lanes),
    };
}

static struct affine_shape encoder_of(const struct problem *p) {
    return (struct affine_shape){p->rows, p->inputs, p->outputs};
}

static struct affine_shape decoder_of(const struct problem *p) {
    return (struct affine_shape){p->rows, p->outputs, p->inputs};
}

static struct outcome outcome_make(struct arrays *arrays, const struct problem *p) {
    size_t weights = p->inputs * p->outputs * p->lanes;
    size_t latents = p->rows * p->outputs * p->lanes;
    size_t ends = p->rows * p->inputs * p->lanes;
    return (struct outcome){
        .dz = zeros(arrays, latents),
        .sums = zeros(arrays, 3 * p->lanes),
        .z = zeros(arrays, latents),
        .out = zeros(arrays, ends),
        .dw1 = zeros(arrays, weights),
        .db1 = zeros(arrays, p->outputs * p->lanes),
        .dw2 = zeros(arrays, weights),
        .db2 = zeros(arrays, p->inputs * p->lanes),
    };
}

static struct latent_penalty penalty_of(const struct problem *p, const float *z, int power) {
    return (struct latent_penalty){.latents = z,
                                   .activity = p->activity,
                                   .negativity = p->negativity,
                                   .sparsity = p->sparsity,
                                   .negativity_power = power};
}

/* Forward and backward by the plain operations. */
static struct outcome run_plain(const struct kernel *kernel, struct arrays *arrays,
                                const struct problem *p, int power) {
    struct outcome o = outcome_make(arrays, p);
    struct latent_sums sums = {.sample_weights = p->weight,
                               .negativity_power = power,
                               .activity = o.sums,
                               .negativity = o.sums + p->lanes,
                               .sparsity = o.sums + 2 * p->lanes};
    struct latent_penalty penalty = penalty_of(p, o.z, power);
    kernel->affine(encoder_of(p), p->x, p->w1, p->b1, ACTIVATION_LINEAR, o.z);
    kernel->affine(decoder_of(p), o.z, p->w2, p->b2, ACTIVATION_LINEAR, o.out);
    kernel->latent_values(p->rows, p->outputs, o.z, &sums);
    kernel->affine_gradient(decoder_of(p), p->dy, o.z, o.dw2, o.db2);
    kernel->affine_backward(decoder_of(p), p->dy, p->w2, NULL, o.dz);
    kernel->latent_gradient(p->rows, p->outputs, &penalty, o.dz);
    kernel->affine_gradient(encoder_of(p), o.dz, p->x, o.dw1, o.db1);
    return o;
}

static void expect_bits(const char *what, const struct problem *p, const float *a, const float *b,
                        size_t count) {
    if (a == NULL || b == NULL || memcmp(a, b, count * p->lanes * sizeof *a) != 0) {
        fail_msg("%s differs for %zu rows, %zu inputs, %zu outputs", what, p->rows, p->inputs,
                 p->outputs);
    }
}

static void expect_same(const struct problem *p, const struct outcome *a, const struct outcome *b) {
    expect_bits("z", p, a->z, b->z, p->rows * p->outputs);
    expect_bits("y", p, a->out, b->out, p->rows * p->inputs);
    expect_bits("the penalties", p, a->sums, b->sums, 3);
    expect_bits("dW1", p, a->dw1, b->dw1, p->inputs * p->outputs);
    expect_bits("db1", p, a->db1, b->db1, p->outputs);
    expect_bits("dW2", p, a->dw2, b->dw2, p->inputs * p->outputs);
    expect_bits("db2", p, a->db2, b->db2, p->inputs);
}

static void expect_near(const char *what, const struct kernel *kernel, double found,
                        double expected) {
    if (!(fabs(found - expected) <= TOLERANCE * (1.0 + fabs(expected)))) {
        fail_msg("%s of %s is %.9g, expected %.9g", what, kernel->name, found, expected);
    }
}

/* Element (i, j) of [..][columns][L] in one lane. */
static double at(const struct problem *p, const float *a, size_t i, size_t columns, size_t j,
                 size_t lane) {
    return (double)a[(i * columns + j) * p->lanes + lane];
}

static void check_forward(const struct kernel *kernel, const struct problem *p,
                          const struct outcome *o, int power, size_t l) {
    double activity = 0.0;
    double negativity = 0.0;
    double sparsity = 0.0;
    for (size_t r = 0; r < p->rows; r++) {
        double weight = at(p, p->weight, r, 1, 0, l);
        for (size_t u = 0; u < p->outputs; u++) {
            double z = at(p, p->b1, u, 1, 0, l);
            for (size_t i = 0; i < p->inputs; i++) {
                z += at(p, p->w1, u, p->inputs, i, l) * at(p, p->x, r, p->inputs, i, l);
            }
            expect_near("z", kernel, at(p, o->z, r, p->outputs, u, l), z);
            activity += weight * z * z;
            negativity += weight * pow(fmax(0.0, -z), power);
            sparsity += weight * fabs(z);
        }
        for (size_t i = 0; i < p->inputs; i++) {
            double y = at(p, p->b2, i, 1, 0, l);
            for (size_t u = 0; u < p->outputs; u++) {
                y += at(p, p->w2, i, p->outputs, u, l) * at(p, o->z, r, p->outputs, u, l);
            }
            expect_near("y", kernel, at(p, o->out, r, p->inputs, i, l), y);
        }
    }
    expect_near("ACT", kernel, (double)o->sums[l], activity);
    expect_near("NEG", kernel, (double)o->sums[p->lanes + l], negativity);
    expect_near("SPA", kernel, (double)o->sums[2 * p->lanes + l], sparsity);
}

static double slope_of(const struct problem *p, const struct outcome *o, int power, size_t r,
                       size_t u, size_t l) {
    double z = at(p, o->z, r, p->outputs, u, l);
    double slope = at(p, p->activity, r, 1, 0, l) * z;
    slope -= z < 0.0 ? at(p, p->negativity, r, 1, 0, l) * pow(-z, power - 1) : 0.0;
    slope += at(p, p->sparsity, r, 1, 0, l) * (z > 0.0 ? 1.0 : -1.0);
    for (size_t i = 0; i < p->inputs; i++) {
        slope += at(p, p->w2, i, p->outputs, u, l) * at(p, p->dy, r, p->inputs, i, l);
    }
    return slope;
}

static void check_backward(const struct kernel *kernel, const struct problem *p,
                           const struct outcome *o, int power, size_t l) {
    for (size_t u = 0; u < p->outputs; u++) {
        double bias = 0.0;
        for (size_t r = 0; r < p->rows; r++) {
            bias += slope_of(p, o, power, r, u, l);
        }
        expect_near("db1", kernel, at(p, o->db1, u, 1, 0, l), bias);
        for (size_t i = 0; i < p->inputs; i++) {
            double first = 0.0;
            double second = 0.0;
            for (size_t r = 0; r < p->rows; r++) {
                first += slope_of(p, o, power, r, u, l) * at(p, p->x, r, p->inputs, i, l);
                second += at(p, p->dy, r, p->inputs, i, l) * at(p, o->z, r, p->outputs, u, l);
            }
            expect_near("dW1", kernel, at(p, o->dw1, u, p->inputs, i, l), first);
            expect_near("dW2", kernel, at(p, o->dw2, i, p->outputs, u, l), second);
        }
    }
    for (size_t i = 0; i < p->inputs; i++) {
        double bias = 0.0;
        for (size_t r = 0; r < p->rows; r++) {
            bias += at(p, p->dy, r, p->inputs, i, l);
        }
        expect_near("db2", kernel, at(p, o->db2, i, 1, 0, l), bias);
    }
}

typedef void check_shape(struct arrays *arrays, size_t rows, size_t inputs, size_t outputs);

/* Every pair of widths with every number of rows. */
static void for_every_shape(check_shape *check) {
    for (size_t i = 0; i < WIDTHS; i++) {
        for (size_t o = 0; o < WIDTHS; o++) {
            for (size_t r = 0; r < ROWS; r++) {
                struct arrays arrays = arrays_begin(1 + (i * WIDTHS + o) * ROWS + r);
                check(&arrays, some_rows[r], widths[i], widths[o]);
                arena_free(&arrays.arena);
            }
        }
    }
}

static void check_naive(struct arrays *arrays, size_t rows, size_t inputs, size_t outputs) {
    for (size_t k = 0; k < NAMES; k++) {
        const struct kernel *kernel = kernel_named(names[k]);
        if (kernel == NULL) {
            continue;
        }
        struct problem p = problem_make(arrays, rows, inputs, outputs, kernel->lanes);
        for (int power = 1; power <= 2; power++) {
            struct outcome o = run_plain(kernel, arrays, &p, power);
            for (size_t l = 0; l < kernel->lanes; l += KERNEL_LANES - 1) {
                check_forward(kernel, &p, &o, power, l);
                check_backward(kernel, &p, &o, power, l);
            }
        }
    }
}

/* The variants of a family, the last of which every machine has. */
static void check_family(const char *const *family, struct arrays *arrays, size_t rows,
                         size_t inputs, size_t outputs) {
    const struct kernel *portable = kernel_named(family[FAMILY - 1]);
    struct problem p = problem_make(arrays, rows, inputs, outputs, portable->lanes);
    for (int power = 1; power <= 2; power++) {
        struct outcome expected = run_plain(portable, arrays, &p, power);
        for (size_t k = 0; k + 1 < FAMILY; k++) {
            const struct kernel *kernel = kernel_named(family[k]);
            if (kernel != NULL) {
                struct outcome plain = run_plain(kernel, arrays, &p, power);
                expect_same(&p, &plain, &expected);
            }
        }
    }
}

static void check_variants(struct arrays *arrays, size_t rows, size_t inputs, size_t outputs) {
    check_family(names, arrays, rows, inputs, outputs);
    check_family(names + FAMILY, arrays, rows, inputs, outputs);
}

static void test_maps_and_penalties_are_right(void **state) {
    (void)state;
    for_every_shape(check_naive);
}

static void test_variants_give_the_same_bits(void **state) {
    (void)state;
    for_every_shape(check_variants);
}

int main(void) {
    kernel_prepare();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_maps_and_penalties_are_right),
        cmocka_unit_test(test_variants_give_the_same_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
