#include "score/columns.h"

#include "score/samples.h"

static struct columns centred(const double *matrix, size_t samples, size_t count,
                              const double *weights, struct arena *arena) {
    struct columns columns;
    struct error error = {0};
    assert_ok(&error, columns_centre(matrix, samples, count, weights, arena, &columns, &error));
    return columns;
}

static void test_weighted_moments(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    const double x[] = {1e8 + 1, 1e8 + 3, 1e8 + 7}; /* mean 1e8 + 3, variance 4.5 */
    const double weights[] = {0.5, 0.25, 0.25};
    struct columns columns = centred(x, 3, 1, weights, &arena);
    const double mean = 0.5 * 1 + 0.25 * 3 + 0.25 * 7;
    double variance = 0;
    for (size_t n = 0; n < 3; n++) {
        double centre = x[n] - 1e8 - mean;
        assert_near(columns_at(&columns, 0)[n], sqrt(weights[n]) * centre, 1e-7);
        variance += weights[n] * centre * centre;
    }
    assert_near(columns.norms[0] * columns.norms[0], variance, 1e-7);
}

static void test_constant_columns(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    const double third = 1.0 / 3;
    const double x[] = {0.1, 1, 0.1, 1 + 1e-15, 0.1, 1};
    const double weights[] = {third, third, third};
    struct columns columns = centred(x, 3, 2, weights, &arena);
    assert_true(columns.norms[0] == 0 && columns.norms[1] == 0);
    const double y[] = {1, 2, 4};
    struct columns varying = centred(y, 3, 1, weights, &arena);
    assert_true(isnan(columns_correlation2(&columns, 0, &varying, 0)));
    assert_true(columns_correlation2(&varying, 0, &columns, 0) == 0);
    assert_near(columns_correlation2(&varying, 0, &varying, 0), 1, 1e-14);
}

/* Share of a source that the two others leave, by the determinant of correlations:
 * 1 − R² = det C / det C without i. */
static void test_unexplained_share(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    struct samples samples;
    make_samples(&samples, 1);
    struct columns s = centred(samples.source, SAMPLES, SOURCES, samples.weights, &arena);
    double c[3]; /* correlations of pairs (0,1), (1,2), (2,0) */
    for (size_t i = 0; i < SOURCES; i++) {
        double product = 0;
        for (size_t n = 0; n < SAMPLES; n++) {
            product += columns_at(&s, i)[n] * columns_at(&s, (i + 1) % 3)[n];
        }
        c[i] = product / s.norms[i] / s.norms[(i + 1) % 3];
    }
    double whole = 1 + 2 * c[0] * c[1] * c[2] - c[0] * c[0] - c[1] * c[1] - c[2] * c[2];
    double shares[3];
    assert_ok(&error, columns_unexplained(&s, &arena, shares, &error));
    for (size_t i = 0; i < SOURCES; i++) {
        double rest = 1 - c[(i + 1) % 3] * c[(i + 1) % 3];
        assert_near(shares[i], whole / rest, 1e-12);
        assert_true(shares[i] < 0.999);
    }
}

static void test_collinear_columns(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    const double a[] = {1, 1, 2, 3, 1};
    const double b[] = {5, 9, 3, 5, 7};
    double matrix[15];
    double weights[5];
    for (size_t n = 0; n < 5; n++) { /* columns a, 0.3·a + 1e3, b */
        matrix[3 * n] = a[n];
        matrix[3 * n + 1] = 0.3 * a[n] + 1e3;
        matrix[3 * n + 2] = b[n];
        weights[n] = 0.2;
    }
    struct columns columns = centred(matrix, 5, 3, weights, &arena);
    double shares[3];
    assert_ok(&error, columns_unexplained(&columns, &arena, shares, &error));
    assert_true(shares[0] == 0 && shares[1] == 0);
    assert_true(shares[2] > 0.01 && shares[2] < 1);
}

/* Exact coefficients back, and the shorter of many solutions for a doubled input. */
static void test_regression(void **state) {
    (void)state;
    SCOPED(arena_free) struct arena arena = {0};
    struct error error = {0};
    struct samples samples;
    make_samples(&samples, 2);
    double output[SAMPLES * 2];
    double doubled[SAMPLES * 2];
    for (size_t n = 0; n < SAMPLES; n++) {
        const double *s = samples.source + n * SOURCES;
        samples.weights[n] = 2 * (double)(n + 1) / (SAMPLES * (SAMPLES + 1));
        output[2 * n] = 3 * s[0] - 2 * s[1] + 0.5 * s[2] + 7;
        output[2 * n + 1] = 4 * s[0];
        doubled[2 * n] = s[0];
        doubled[2 * n + 1] = s[0];
    }
    struct columns s = centred(samples.source, SAMPLES, SOURCES, samples.weights, &arena);
    struct columns y = centred(output, SAMPLES, 2, samples.weights, &arena);
    const double expected[] = {3, -2, 0.5, 4, 0, 0};
    double found[6];
    assert_ok(&error, columns_regress(&s, &y, &arena, found, &error));
    for (size_t k = 0; k < 6; k++) {
        assert_near(found[k], expected[k], 1e-12);
    }
    struct columns twice = centred(doubled, SAMPLES, 2, samples.weights, &arena);
    assert_ok(&error, columns_regress(&twice, &y, &arena, found, &error));
    assert_true(fabs(found[2] - 2) < 1e-12 && fabs(found[3] - 2) < 1e-12);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_weighted_moments),  cmocka_unit_test(test_constant_columns),
        cmocka_unit_test(test_unexplained_share), cmocka_unit_test(test_collinear_columns),
        cmocka_unit_test(test_regression),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
