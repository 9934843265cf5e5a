/*
 * The operations on errors, weights and whole lanes, of every variant: against naive sums in double
 * precision, and the lanes' bit for bit against one another.
 */
#include "kernel/arrays.h"

static const char *const names[] = {"avx512",      "avx2",      "portable",
                                    "wide_avx512", "wide_avx2", "wide_portable"};
enum { NAMES = sizeof names / sizeof names[0] };

/* Rounding of a few operations on numbers of order one, and of sums of some dozens. */
static const double TOLERANCE = 2e-6;
static const double SUM_TOLERANCE = 2e-5;

/* An odd number leaves a rest after every unrolled loop. */
enum { NUMBERS = 37, ROWS = 24, COLUMNS = 5, ERRORS = ROWS * COLUMNS, TERMS = 7 };

/* Calls `check` with every kernel and the same random numbers each time. */
static void for_every_kernel(void (*check)(const struct kernel *kernel, struct arrays *arrays)) {
    for (size_t k = 0; k < NAMES; k++) {
        const struct kernel *kernel = kernel_named(names[k]);
        if (kernel != NULL) {
            struct arrays arrays = arrays_begin(1);
            check(kernel, &arrays);
            arena_free(&arrays.arena);
        }
    }
}

static void expect_near(const char *what, const struct kernel *kernel, size_t at, double found,
                        double expected, double tolerance) {
    if (!(fabs(found - expected) <= tolerance * (1.0 + fabs(expected)))) {
        fail_msg("%s of %s at %zu is %.9g, expected %.9g", what, kernel->name, at, found, expected);
    }
}

/* Element k of lane l. */
static double at(const struct kernel *kernel, const float *array, size_t k, size_t l) {
    return (double)array[k * kernel->lanes + l];
}

static void check_square_error(const struct kernel *kernel, struct arrays *arrays) {
    size_t lanes = kernel->lanes;
    float *y = normals(arrays, ERRORS * lanes);
    float *target = normals(arrays, ERRORS * lanes);
    float *weight = uniforms(arrays, ROWS * lanes);
    float *coefficient = uniforms(arrays, lanes);
    float *before = uniforms(arrays, lanes);
    float *sum = copy_of(arrays, before, lanes);
    float *dy = zeros(arrays, ERRORS * lanes);
    kernel->square_error(ROWS, COLUMNS, y, target, weight, coefficient, dy, sum);
    for (size_t l = 0; l < lanes; l++) {
        double expected = (double)before[l];
        for (size_t k = 0; k < ERRORS; k++) {
            double share = at(kernel, weight, k / COLUMNS, l) / COLUMNS;
            double error = at(kernel, y, k, l) - at(kernel, target, k, l);
            expected += share * error * error;
            expect_near("dy", kernel, k, at(kernel, dy, k, l),
                        2.0 * (double)coefficient[l] * share * error, TOLERANCE);
        }
        expect_near("FIT", kernel, l, (double)sum[l], expected, SUM_TOLERANCE);
    }
    kernel->square_error(ROWS, COLUMNS, y, target, weight, coefficient, y, before);
    assert_memory_equal(y, dy, ERRORS * lanes * sizeof *y); /* dy may be y itself */
    assert_memory_equal(before, sum, lanes * sizeof *sum);
}

static void test_square_error(void **state) {
    (void)state;
    for_every_kernel(check_square_error);
}

/* Arrays of one update, [NUMBERS][L] and [L]. */
static struct moment_update update_make(const struct kernel *kernel, struct arrays *arrays) {
    size_t lanes = kernel->lanes;
    return (struct moment_update){
        .count = NUMBERS,
        .weights = normals(arrays, NUMBERS * lanes),
        .gradient = normals(arrays, NUMBERS * lanes),
        .first_moment = normals(arrays, NUMBERS * lanes),
        .second_moment = uniforms(arrays, NUMBERS * lanes),
        .rate = uniforms(arrays, lanes),
        .shrink = uniforms(arrays, lanes),
        .penalty = uniforms(arrays, lanes),
        .beta1 = 0.9,
        .beta2 = 0.99,
        .second_correction = 3.0f,
        .epsilon = 0.01f,
    };
}

static void expect_number_updated(const struct kernel *kernel, const struct moment_update *before,
                                  const struct moment_update *after, size_t k, size_t l) {
    double beta1 = before->beta1;
    double beta2 = before->beta2;
    double weight = at(kernel, before->weights, k, l);
    double gradient =
        at(kernel, before->gradient, k, l) + 2.0 * (double)before->penalty[l] * weight;
    double first = beta1 * at(kernel, before->first_moment, k, l) + (1.0 - beta1) * gradient;
    double second =
        beta2 * at(kernel, before->second_moment, k, l) + (1.0 - beta2) * gradient * gradient;
    double scale = sqrt(second) * (double)before->second_correction + (double)before->epsilon;
    double expected =
        weight - (double)before->shrink[l] * weight - (double)before->rate[l] * first / scale;
    expect_near("the first moment", kernel, k, at(kernel, after->first_moment, k, l), first,
                TOLERANCE);
    expect_near("the second moment", kernel, k, at(kernel, after->second_moment, k, l), second,
                TOLERANCE);
    expect_near("the weight", kernel, k, at(kernel, after->weights, k, l), expected, TOLERANCE);
    assert_true(at(kernel, after->gradient, k, l) == 0.0);
}

static void check_moment_update(const struct kernel *kernel, struct arrays *arrays) {
    size_t count = NUMBERS * kernel->lanes;
    struct moment_update after = update_make(kernel, arrays);
    struct moment_update before = after;
    before.weights = copy_of(arrays, after.weights, count);
    before.gradient = copy_of(arrays, after.gradient, count);
    before.first_moment = copy_of(arrays, after.first_moment, count);
    before.second_moment = copy_of(arrays, after.second_moment, count);
    kernel->moment_update(&after);
    for (size_t k = 0; k < NUMBERS; k++) {
        for (size_t l = 0; l < kernel->lanes; l++) {
            expect_number_updated(kernel, &before, &after, k, l);
        }
    }
}

static void test_moment_update(void **state) {
    (void)state;
    for_every_kernel(check_moment_update);
}

static void check_sums(const struct kernel *kernel, struct arrays *arrays) {
    size_t lanes = kernel->lanes;
    float *a = normals(arrays, NUMBERS * lanes);
    float *before = uniforms(arrays, lanes);
    float *coefficients = normals(arrays, TERMS * lanes);
    float *total = normals(arrays, lanes);
    for (size_t count = 0; count <= NUMBERS; count++) {
        float *sum = copy_of(arrays, before, lanes);
        kernel->square_sum(count, a, sum);
        for (size_t l = 0; l < lanes; l++) {
            double expected = (double)before[l];
            for (size_t k = 0; k < count; k++) {
                expected += at(kernel, a, k, l) * at(kernel, a, k, l);
            }
            expect_near("the squares' sum", kernel, l, (double)sum[l], expected, SUM_TOLERANCE);
        }
    }
    assert_true(kernel->weighted_sum(TERMS, coefficients, a, total));
    for (size_t l = 0; l < lanes; l++) {
        double expected = 0.0;
        for (size_t k = 0; k < TERMS; k++) {
            expected += at(kernel, coefficients, k, l) * at(kernel, a, k, l);
        }
        expect_near("the weighted sum", kernel, l, (double)total[l], expected, TOLERANCE);
    }
}

static void test_sums(void **state) {
    (void)state;
    for_every_kernel(check_sums);
}

/* One number that is not finite, in any lane and any term, is told, and stays in its lane. */
static void check_finite(const struct kernel *kernel, struct arrays *arrays) {
    static const float wrong[] = {INFINITY, -INFINITY, NAN};
    size_t lanes = kernel->lanes;
    float *ones = zeros(arrays, TERMS * lanes);
    float *total = zeros(arrays, lanes);
    for (size_t k = 0; k < TERMS * lanes; k++) {
        ones[k] = 1.0f;
    }
    for (size_t k = 0; k < TERMS * lanes; k++) {
        for (size_t w = 0; w < sizeof wrong / sizeof wrong[0]; w++) {
            float *values = copy_of(arrays, ones, TERMS * lanes);
            values[k] = wrong[w];
            assert_false(kernel->weighted_sum(TERMS, ones, values, total));
            for (size_t l = 0; l < lanes; l++) {
                assert_int_equal(isfinite(total[l]), l != k % lanes);
            }
        }
    }
}

/* Numbers to which the bound is less than a rounding error. */
static void check_large(const struct kernel *kernel, struct arrays *arrays) {
    static const float LARGE = 1e30f, BOUND = 0.25f;
    size_t lanes = kernel->lanes;
    float *a = normals(arrays, NUMBERS * lanes);
    float *factor = uniforms(arrays, lanes);
    float *bound = uniforms(arrays, lanes);
    for (size_t l = 0; l < lanes; l++) {
        factor[l] = 1.0f;
        bound[l] = BOUND;
    }
    for (size_t k = 0; k < NUMBERS * lanes; k++) {
        a[k] = k % 2 == 0 ? LARGE : -LARGE;
    }
    kernel->scale_and_limit(NUMBERS, factor, bound, a);
    for (size_t k = 0; k < NUMBERS * lanes; k++) {
        assert_true(a[k] == (k % 2 == 0 ? BOUND : -BOUND));
    }
}

static void test_large_numbers_are_limited(void **state) {
    (void)state;
    for_every_kernel(check_large);
}

static void test_what_is_not_finite_is_told(void **state) {
    (void)state;
    for_every_kernel(check_finite);
}

static void check_clipping(const struct kernel *kernel, struct arrays *arrays) {
    size_t lanes = kernel->lanes;
    float *a = normals(arrays, NUMBERS * lanes);
    float *x = normals(arrays, NUMBERS * lanes);
    float *before = copy_of(arrays, a, NUMBERS * lanes);
    float *factor = uniforms(arrays, lanes);
    float *bound = uniforms(arrays, lanes);
    bound[lanes - 1] = INFINITY;
    kernel->scale_and_limit(NUMBERS, factor, bound, a);
    for (size_t k = 0; k < NUMBERS; k++) {
        for (size_t l = 0; l < lanes; l++) {
            double most = (double)bound[l];
            double scaled = (double)factor[l] * at(kernel, before, k, l);
            expect_near("what is limited", kernel, k, at(kernel, a, k, l),
                        fmax(-most, fmin(most, scaled)), TOLERANCE);
        }
    }
    float *y = copy_of(arrays, a, NUMBERS * lanes);
    kernel->add_scaled(NUMBERS, factor, x, y);
    for (size_t k = 0; k < NUMBERS; k++) {
        for (size_t l = 0; l < lanes; l++) {
            expect_near("what is added to", kernel, k, at(kernel, y, k, l),
                        at(kernel, a, k, l) + 2.0 * (double)factor[l] * at(kernel, x, k, l),
                        TOLERANCE);
        }
    }
}

static void test_limits_and_additions(void **state) {
    (void)state;
    for_every_kernel(check_clipping);
}

/* Lanes not chosen keep their bits, whatever the others hold, and the other way round. */
static void check_copies(const struct kernel *kernel, struct arrays *arrays) {
    size_t lanes = kernel->lanes;
    for (size_t phase = 0; phase < 2; phase++) {
        float *from = normals(arrays, NUMBERS * lanes);
        float *to = normals(arrays, NUMBERS * lanes);
        float *chosen = zeros(arrays, lanes);
        for (size_t l = 0; l < lanes; l++) {
            bool copied = l % 2 == phase;
            chosen[l] = copied ? 1.0f : 0.0f;
            for (size_t k = 0; k < NUMBERS; k++) {
                (copied ? to : from)[k * lanes + l] = k % 2 == 0 ? NAN : INFINITY;
            }
        }
        float *before = copy_of(arrays, to, NUMBERS * lanes);
        kernel->copy_lanes(NUMBERS, chosen, from, to);
        for (size_t k = 0; k < NUMBERS * lanes; k++) {
            const float *expected = chosen[k % lanes] != 0.0f ? &from[k] : &before[k];
            assert_memory_equal(&to[k], expected, sizeof *to);
        }
    }
}

static void test_lanes_are_copied_bit_for_bit(void **state) {
    (void)state;
    for_every_kernel(check_copies);
}

static void check_chains(const struct kernel *kernel, struct arrays *arrays) {
    if (kernel->multiply_add == NULL) {
        return;
    }
    float *sums = normals(arrays, KERNEL_CHAINS * kernel->lanes);
    kernel->multiply_add(100, sums); /* s ← s/2 + 1/2 tends to 1 */
    for (size_t k = 0; k < KERNEL_CHAINS * kernel->lanes; k++) {
        expect_near("a chain", kernel, k, (double)sums[k], 1.0, TOLERANCE);
    }
}

static void test_chains_of_multiplications(void **state) {
    (void)state;
    for_every_kernel(check_chains);
}

/* Everything that the operations above write, one after the other. */
struct outcome {
    float *dy, *sums, *updated, *limited;
};

static struct outcome run_all(const struct kernel *kernel, struct arrays *arrays) {
    size_t lanes = kernel->lanes;
    size_t numbers = NUMBERS * lanes;
    struct outcome o = {.dy = zeros(arrays, ERRORS * lanes),
                        .sums = zeros(arrays, 3 * lanes),
                        .updated = zeros(arrays, 3 * numbers)};
    struct moment_update update = update_make(kernel, arrays);
    float *bound = uniforms(arrays, lanes);
    o.limited = normals(arrays, numbers);
    kernel->square_error(ROWS, COLUMNS, normals(arrays, ERRORS * lanes),
                         normals(arrays, ERRORS * lanes), uniforms(arrays, ROWS * lanes),
                         uniforms(arrays, lanes), o.dy, o.sums);
    kernel->square_sum(NUMBERS, update.weights, o.sums + lanes);
    assert_true(
        kernel->weighted_sum(TERMS, update.first_moment, update.gradient, o.sums + 2 * lanes));
    kernel->add_scaled(NUMBERS, update.rate, update.weights, o.limited);
    kernel->scale_and_limit(NUMBERS, update.shrink, bound, o.limited);
    kernel->moment_update(&update);
    memcpy(o.updated, update.weights, numbers * sizeof(float));
    memcpy(o.updated + numbers, update.first_moment, numbers * sizeof(float));
    memcpy(o.updated + 2 * numbers, update.second_moment, numbers * sizeof(float));
    return o;
}

static void check_bits(const struct kernel *kernel, struct arrays *arrays) {
    if (kernel->lanes != KERNEL_LANES) {
        return;
    }
    struct arrays again = arrays_begin(1);
    struct outcome a = run_all(kernel, arrays);
    struct outcome b = run_all(kernel_named("portable"), &again);
    assert_memory_equal(a.dy, b.dy, sizeof(float) * ERRORS * KERNEL_LANES);
    assert_memory_equal(a.sums, b.sums, sizeof(float) * 3 * KERNEL_LANES);
    assert_memory_equal(a.limited, b.limited, sizeof(float) * NUMBERS * KERNEL_LANES);
    assert_memory_equal(a.updated, b.updated, sizeof(float) * 3 * NUMBERS * KERNEL_LANES);
    arena_free(&again.arena);
}

static void test_variants_give_the_same_bits(void **state) {
    (void)state;
    for_every_kernel(check_bits);
}

int main(void) {
    kernel_prepare();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_square_error),
        cmocka_unit_test(test_moment_update),
        cmocka_unit_test(test_sums),
        cmocka_unit_test(test_what_is_not_finite_is_told),
        cmocka_unit_test(test_limits_and_additions),
        cmocka_unit_test(test_large_numbers_are_limited),
        cmocka_unit_test(test_lanes_are_copied_bit_for_bit),
        cmocka_unit_test(test_chains_of_multiplications),
        cmocka_unit_test(test_variants_give_the_same_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
