/* Random orthogonal matrices: orthonormal to rounding, and distributed as Haar's measure says. */
#include "network/orthogonal.h"

#include "check.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

static const double ROUNDING = 1e-14;

/* Standard errors that a mean may be off. */
static const double DEVIATIONS = 5.0;

enum { NUMBERS_MAX = 130 * 130, DRAWS = 20000, SIDE_MAX = 6 };

static struct random_stream stream_of(uint64_t key) {
    return random_stream_of((struct job_hash){{key, ~key}}, RANDOM_WEIGHTS);
}

/* How far inner products of the rows, or of the columns where those are fewer, are from 0 and 1. */
static double defect(size_t rows, size_t columns, const double *matrix) {
    bool by_rows = rows <= columns;
    size_t count = by_rows ? rows : columns;
    size_t length = by_rows ? columns : rows;
    double worst = 0.0;
    for (size_t a = 0; a < count; a++) {
        for (size_t b = 0; b <= a; b++) {
            double sum = 0.0;
            for (size_t k = 0; k < length; k++) {
                sum += by_rows ? matrix[a * columns + k] * matrix[b * columns + k]
                               : matrix[k * columns + a] * matrix[k * columns + b];
            }
            worst = fmax(worst, fabs(sum - (a == b ? 1.0 : 0.0)));
        }
    }
    return worst;
}

static void test_vectors_are_orthonormal(void **state) {
    (void)state;
    static const size_t shapes[][2] = {{1, 1},  {1, 2},  {1, 9},     {9, 1},    {2, 2},   {3, 3},
                                       {16, 2}, {2, 16}, {17, 5},    {5, 17},   {16, 16}, {33, 33},
                                       {64, 3}, {3, 64}, {130, 129}, {128, 128}};
    static double matrix[NUMBERS_MAX];
    for (size_t s = 0; s < sizeof shapes / sizeof shapes[0]; s++) {
        for (uint64_t key = 0; key < 5; key++) {
            struct random_stream stream = stream_of(key);
            orthogonal_draw(shapes[s][0], shapes[s][1], &stream, matrix);
            double off = defect(shapes[s][0], shapes[s][1], matrix);
            if (!(off <= ROUNDING)) {
                fail_msg("%zu x %zu: off by %.3g", shapes[s][0], shapes[s][1], off);
            }
        }
    }
}

/* All of a matrix is written, whatever lay there, and nothing behind it. */
static void test_bits_follow_from_the_stream(void **state) {
    (void)state;
    enum { ROWS = 5, COLUMNS = 3, COUNT = ROWS * COLUMNS };
    double first[COUNT + 1];
    double second[COUNT + 1];
    struct random_stream streams[2] = {stream_of(7), stream_of(7)};
    for (size_t k = 0; k <= COUNT; k++) {
        first[k] = NAN;
        second[k] = 1e300;
    }
    orthogonal_draw(ROWS, COLUMNS, &streams[0], first);
    orthogonal_draw(ROWS, COLUMNS, &streams[1], second);
    assert_memory_equal(first, second, COUNT * sizeof *first);
    assert_true(isnan(first[COUNT]) && second[COUNT] == 1e300);
    orthogonal_draw(ROWS, COLUMNS, &streams[0], first);
    assert_memory_not_equal(first, second, COUNT * sizeof *first);
}

/* Sums of a number and of its square over draws. */
struct moments {
    double sum, squares;
};

static void add(struct moments *moments, double number) {
    moments->sum += number / DRAWS;
    moments->squares += number * number / DRAWS;
}

/* A mean as it should be, within what so many draws allow. */
static void expect_mean(const char *what, size_t rows, size_t columns,
                        const struct moments *moments, double expected) {
    double variance = moments->squares - moments->sum * moments->sum;
    double most = DEVIATIONS * sqrt(fmax(variance, 0.0) / DRAWS) + 1e-12;
    if (!(fabs(moments->sum - expected) <= most)) {
        fail_msg("%s of %zu x %zu: %.6g, expected %.6g within %.2g", what, rows, columns,
                 moments->sum, expected, most);
    }
}

/*
 * Every row, or column, of a Haar matrix is uniform on a sphere in n dimensions: numbers have mean
 * 0, mean square 1/n, mean fourth power 3/(n (n + 2)), and either sign as often.
 */
static void expect_spheres(size_t rows, size_t columns) {
    struct moments means[SIDE_MAX * SIDE_MAX] = {{0}};
    struct moments squares[SIDE_MAX * SIDE_MAX] = {{0}};
    struct moments fourths[SIDE_MAX * SIDE_MAX] = {{0}};
    struct moments signs[SIDE_MAX * SIDE_MAX] = {{0}};
    double matrix[SIDE_MAX * SIDE_MAX];
    double n = (double)(rows > columns ? rows : columns);
    struct random_stream stream = stream_of(rows * 100 + columns);
    for (size_t draw = 0; draw < DRAWS; draw++) {
        orthogonal_draw(rows, columns, &stream, matrix);
        for (size_t k = 0; k < rows * columns; k++) {
            add(&means[k], matrix[k]);
            add(&squares[k], matrix[k] * matrix[k]);
            add(&fourths[k], pow(matrix[k], 4.0));
            add(&signs[k], matrix[k] > 0.0 ? 1.0 : -1.0);
        }
    }
    for (size_t k = 0; k < rows * columns; k++) {
        expect_mean("mean", rows, columns, &means[k], 0.0);
        expect_mean("mean square", rows, columns, &squares[k], 1.0 / n);
        expect_mean("mean fourth power", rows, columns, &fourths[k], 3.0 / (n * (n + 2.0)));
        expect_mean("mean sign", rows, columns, &signs[k], 0.0);
    }
}

static void test_every_vector_is_uniform_on_its_sphere(void **state) {
    (void)state;
    static const size_t shapes[][2] = {{1, 1}, {1, 4}, {4, 1}, {2, 2},
                                       {3, 3}, {5, 5}, {2, 5}, {6, 3}};
    for (size_t s = 0; s < sizeof shapes / sizeof shapes[0]; s++) {
        expect_spheres(shapes[s][0], shapes[s][1]);
    }
}

/* Of 3 x 3. */
static double determinant(const double *m) {
    return m[0] * (m[4] * m[8] - m[5] * m[7]) - m[1] * (m[3] * m[8] - m[5] * m[6]) +
           m[2] * (m[3] * m[7] - m[4] * m[6]);
}

/*
 * Rotations and reflections as often, and traces whose mean powers are 0, 1, 0, 3, which are those
 * of O(n) from n = 2 on (Diaconis & Mallows; Diaconis & Shahshahani 1994). A QR decomposition
 * without the correction of its signs is off here.
 */
static void test_traces_and_determinants_are_haars(void **state) {
    (void)state;
    enum { SIDE = 3, POWERS = 4 };
    static const double expected[POWERS] = {0.0, 1.0, 0.0, 3.0};
    struct moments powers[POWERS] = {{0}};
    struct moments side = {0};
    struct moments products[2] = {{0}};
    double m[SIDE * SIDE];
    struct random_stream stream = stream_of(11);
    for (size_t draw = 0; draw < DRAWS; draw++) {
        orthogonal_draw(SIDE, SIDE, &stream, m);
        for (size_t p = 0; p < POWERS; p++) {
            add(&powers[p], pow(m[0] + m[4] + m[8], (double)(p + 1)));
        }
        add(&side, determinant(m));
        add(&products[0], m[0] * m[4]); /* of different rows and columns */
        add(&products[1], m[0] * m[0] * m[4] * m[4]);
    }
    for (size_t p = 0; p < POWERS; p++) {
        expect_mean("power of the trace", SIDE, SIDE, &powers[p], expected[p]);
    }
    expect_mean("determinant", SIDE, SIDE, &side, 0.0);
    expect_mean("product", SIDE, SIDE, &products[0], 0.0);
    /* (n + 1) / (n (n − 1) (n + 2)) */
    expect_mean("product of squares", SIDE, SIDE, &products[1], 4.0 / 30.0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_vectors_are_orthonormal),
        cmocka_unit_test(test_bits_follow_from_the_stream),
        cmocka_unit_test(test_every_vector_is_uniform_on_its_sphere),
        cmocka_unit_test(test_traces_and_determinants_are_haars),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
