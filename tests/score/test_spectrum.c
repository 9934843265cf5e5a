#include "score/spectrum.h"

#include "base/random.h"
#include "check.h"

#include <complex.h>
#include <math.h>

enum { STEPS_MAX = 64, COUNT_MAX = 19 };

static const double TOLERANCE = 1e-12;

struct fixture {
    struct arena arena;
    struct error error;
    struct spectrum spectrum;
    double series[STEPS_MAX * COUNT_MAX];
};

static void begin(struct fixture *fixture) {
    struct random_stream stream = random_stream_of((struct job_hash){{7, 1}}, RANDOM_DATA);
    *fixture = (struct fixture){.error = {.status = STATUS_OK}};
    for (size_t k = 0; k < sizeof fixture->series / sizeof *fixture->series; k++) {
        fixture->series[k] = random_normal(&stream) + 3.0;
    }
}

static void make(struct fixture *fixture, size_t steps, size_t count) {
    assert_ok(&fixture->error, spectrum_make(fixture->series, steps, count, &fixture->arena,
                                             &fixture->spectrum, &fixture->error));
}

/* X_k of a column as the definition says, with each angle computed anew. */
static double complex naive(const double *series, size_t steps, size_t count, size_t column,
                            size_t bin) {
    double mean = 0.0;
    for (size_t t = 0; t < steps; t++) {
        mean += series[t * count + column] / (double)steps;
    }
    double complex sum = 0.0;
    for (size_t t = 0; t < steps; t++) {
        double angle = -2.0 * M_PI * (double)bin * (double)t / (double)steps;
        sum += (series[t * count + column] - mean) * cexp(I * angle);
    }
    return sum;
}

/* Lengths even, odd, prime and 1; counts below, at and above what is transformed side by side. */
static void test_definition(void **state) {
    (void)state;
    static const size_t lengths[] = {1, 2, 3, 4, 17, 60, 63, STEPS_MAX};
    static const size_t counts[] = {1, 7, 8, 9, COUNT_MAX};
    struct fixture fixture;
    begin(&fixture);
    for (size_t l = 0; l < sizeof lengths / sizeof *lengths; l++) {
        for (size_t c = 0; c < sizeof counts / sizeof *counts; c++) {
            make(&fixture, lengths[l], counts[c]);
            assert_int_equal(fixture.spectrum.bins,
                             lengths[l] % 2 == 0 ? lengths[l] / 2 : (lengths[l] - 1) / 2 + 1);
            for (size_t k = 0; k < fixture.spectrum.bins * counts[c]; k++) {
                double complex expected =
                    naive(fixture.series, lengths[l], counts[c], k % counts[c], k / counts[c]);
                assert_near(fixture.spectrum.real[k], creal(expected), TOLERANCE);
                assert_near(fixture.spectrum.imaginary[k], cimag(expected), TOLERANCE);
            }
        }
    }
    arena_free(&fixture.arena);
}

/* A cosine is T/2 in the real part of its bin, a sine −T/2 in the imaginary one; nothing else. */
static void test_pure_oscillations(void **state) {
    (void)state;
    enum { STEPS = 40, COLUMNS = 2, BIN = 3 };
    struct fixture fixture;
    begin(&fixture);
    for (size_t t = 0; t < STEPS; t++) {
        double angle = 2.0 * M_PI * BIN * (double)t / STEPS;
        fixture.series[t * COLUMNS] = cos(angle) + 5.0;
        fixture.series[t * COLUMNS + 1] = sin(angle) - 5.0;
    }
    make(&fixture, STEPS, COLUMNS);
    for (size_t k = 0; k < fixture.spectrum.bins; k++) {
        const double *real = fixture.spectrum.real + k * COLUMNS;
        const double *imaginary = fixture.spectrum.imaginary + k * COLUMNS;
        double peak = k == BIN ? STEPS / 2.0 : 0.0;
        assert_true(fabs(real[0] - peak) < TOLERANCE && fabs(imaginary[0]) < TOLERANCE);
        assert_true(fabs(real[1]) < TOLERANCE && fabs(imaginary[1] + peak) < TOLERANCE);
    }
    arena_free(&fixture.arena);
}

static void test_constant_is_exactly_0(void **state) {
    (void)state;
    enum { STEPS = 30 };
    struct fixture fixture;
    begin(&fixture);
    for (size_t t = 0; t < STEPS; t++) {
        fixture.series[t] = 1e9 + 0.1;
    }
    make(&fixture, STEPS, 1);
    for (size_t k = 0; k < fixture.spectrum.bins; k++) {
        assert_true(fixture.spectrum.real[k] == 0.0 && fixture.spectrum.imaginary[k] == 0.0);
    }
    arena_free(&fixture.arena);
}

/* A column's neighbours change none of its bits. */
static void test_columns_never_mix(void **state) {
    (void)state;
    enum { STEPS = 21 };
    struct fixture together;
    struct fixture alone;
    begin(&together);
    begin(&alone);
    make(&together, STEPS, COUNT_MAX);
    for (size_t column = 0; column < COUNT_MAX; column++) {
        for (size_t t = 0; t < STEPS; t++) {
            alone.series[t] = together.series[t * COUNT_MAX + column];
        }
        make(&alone, STEPS, 1);
        for (size_t k = 0; k < alone.spectrum.bins; k++) {
            size_t at = k * COUNT_MAX + column;
            assert_true(alone.spectrum.real[k] == together.spectrum.real[at]);
            assert_true(alone.spectrum.imaginary[k] == together.spectrum.imaginary[at]);
        }
    }
    arena_free(&together.arena);
    arena_free(&alone.arena);
}

/* In radians: the bin of one turn in T steps of d is 2π / (T d). */
static void test_frequency(void **state) {
    (void)state;
    struct spectrum spectrum = {.steps = 200, .bins = 100};
    assert_true(spectrum_frequency(&spectrum, 0, 0.1) == 0.0);
    assert_near(spectrum_frequency(&spectrum, 1, 0.1), 2.0 * M_PI / 20.0, TOLERANCE);
    assert_near(spectrum_frequency(&spectrum, 99, 0.1), 9.9 * M_PI, TOLERANCE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_definition),
        cmocka_unit_test(test_pure_oscillations),
        cmocka_unit_test(test_constant_is_exactly_0),
        cmocka_unit_test(test_columns_never_mix),
        cmocka_unit_test(test_frequency),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
