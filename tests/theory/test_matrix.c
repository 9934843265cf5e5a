#include "theory/matrix.h"

#include "theory/data.h"

enum { WIDTH_MAX = 6, SETS = 120 };

static const double rounding = 1e-11;

/* Symmetric, and positive definite when wanted: A Aᵀ + 0.1. */
static void draw_matrix(size_t size, bool definite, struct random_stream *stream, double *matrix) {
    double factor[WIDTH_MAX * WIDTH_MAX];
    for (size_t k = 0; k < size * size; k++) {
        factor[k] = random_normal(stream);
    }
    for (size_t i = 0; i < size; i++) {
        for (size_t j = 0; j < size; j++) {
            double sum = i == j ? 0.1 : 0.0;
            for (size_t k = 0; k < size; k++) {
                sum += factor[i * size + k] * factor[j * size + k];
            }
            matrix[i * size + j] = definite ? sum : factor[i * size + j] + factor[j * size + i];
        }
    }
}

/* left · right is the identity. */
static void check_identity(size_t size, const double *left, const double *right) {
    for (size_t i = 0; i < size; i++) {
        for (size_t j = 0; j < size; j++) {
            double sum = 0.0;
            for (size_t k = 0; k < size; k++) {
                sum += left[i * size + k] * right[k * size + j];
            }
            assert_near(sum, i == j, 1e-9);
        }
    }
}

static void check_eigenpair(size_t size, const double *matrix, double value, const double *vector) {
    double square = 0.0;
    for (size_t i = 0; i < size; i++) {
        double rest = -value * vector[i];
        for (size_t j = 0; j < size; j++) {
            rest += matrix[i * size + j] * vector[j];
        }
        square += vector[i] * vector[i];
        assert_true(fabs(rest) <= rounding);
    }
    assert_near(square, 1.0, rounding);
}

/* All of them, as their sum is the trace. */
static void test_eigenpairs(void **state) {
    (void)state;
    struct random_stream stream = stream_of(1);
    struct error error = {0};
    for (size_t k = 0; k < SETS; k++) {
        size_t size = 1 + k % WIDTH_MAX;
        double matrix[WIDTH_MAX * WIDTH_MAX];
        double values[WIDTH_MAX];
        double vectors[WIDTH_MAX * WIDTH_MAX];
        double vector[WIDTH_MAX];
        double work[1024];
        double sum = 0.0;
        assert_true(matrix_eigen_work(size) <= 1024);
        draw_matrix(size, false, &stream, matrix);
        double smallest = matrix_smallest_eigenpair(size, matrix, vector, work);
        check_eigenpair(size, matrix, smallest, vector);
        assert_ok(&error, matrix_eigen(size, matrix, values, vectors, &error));
        for (size_t i = 0; i < size; i++) {
            check_eigenpair(size, matrix, values[i], vectors + i * size);
            assert_true(i == 0 || values[i] >= values[i - 1]);
            sum += values[i];
        }
        assert_near(sum, matrix_trace(size, matrix), rounding);
        assert_near(smallest, values[0], rounding);
    }
}

static void test_two_by_two_eigenpairs(void **state) {
    (void)state;
    const double matrices[][4] = {{0, 0, 0, 0}, {1, 0, 0, 1},   {2, 0, 0, 1},      {1, 0, 0, 2},
                                  {0, 1, 1, 0}, {1, -1, -1, 1}, {1, 1e-9, 1e-9, 1}};
    const double smallest[] = {0, 1, 1, 1, -1, 0, 1 - 1e-9};
    for (size_t k = 0; k < sizeof smallest / sizeof *smallest; k++) {
        double vector[2];
        double value = matrix_smallest_eigenpair(2, matrices[k], vector, NULL);
        assert_near(value, smallest[k], 1e-15);
        check_eigenpair(2, matrices[k], value, vector);
    }
}

static void test_definite_matrices(void **state) {
    (void)state;
    struct random_stream stream = stream_of(2);
    struct error error = {0};
    SCOPED(arena_free) struct arena arena = {0};
    for (size_t k = 0; k < SETS; k++, arena_reset(&arena)) {
        size_t size = 1 + k % WIDTH_MAX;
        double matrix[WIDTH_MAX * WIDTH_MAX];
        double upper[WIDTH_MAX * WIDTH_MAX];
        double inverse[WIDTH_MAX * WIDTH_MAX];
        double solution[WIDTH_MAX] = {1.0};
        draw_matrix(size, true, &stream, matrix);
        assert_ok(&error, matrix_factor(size, matrix, upper, inverse, &error));
        check_identity(size, upper, inverse);
        for (size_t i = 0; i < size; i++) {
            for (size_t j = 0; j < size; j++) {
                double sum = -matrix[i * size + j];
                for (size_t l = 0; l < size; l++) {
                    sum += upper[l * size + i] * upper[l * size + j];
                }
                assert_true(fabs(sum) <= rounding);
                assert_true(i <= j || upper[i * size + j] == 0.0);
            }
        }
        assert_ok(&error, matrix_inverse(size, matrix, &arena, inverse, &error));
        check_identity(size, matrix, inverse);
        assert_ok(&error, matrix_solve(size, matrix, solution, &error));
        for (size_t i = 0; i < size; i++) { /* the first column of the inverse */
            assert_near(solution[i], inverse[i * size], 1e-9);
        }
    }
}

static void test_indefinite_matrices_are_refused(void **state) {
    (void)state;
    const double indefinite[][4] = {{1, 2, 2, 1}, {-1, 0, 0, 1}, {1, 1, 1, 1}, {NAN, 0, 0, 1}};
    SCOPED(arena_free) struct arena arena = {0};
    for (size_t k = 0; k < sizeof indefinite / sizeof *indefinite; k++) {
        struct error error = {0};
        double copy[4];
        double other[4];
        double right[2] = {1, 1};
        memcpy(copy, indefinite[k], sizeof copy);
        assert_int_not_equal(matrix_factor(2, copy, other, (double[4]){0}, &error), STATUS_OK);
        assert_int_not_equal(matrix_inverse(2, copy, &arena, other, &error), STATUS_OK);
        assert_int_not_equal(matrix_solve(2, copy, right, &error), STATUS_OK);
    }
}

static void test_products(void **state) {
    (void)state;
    const double matrix[] = {1, 2, 3, 4, 5, 6};
    double product[4];
    double image[2];
    const double transposed[] = {1, 4, 2, 5, 3, 6};
    matrix_multiply(2, 3, 2, matrix, transposed, product);
    assert_true(product[0] == 14 && product[1] == 32 && product[2] == 32 && product[3] == 77);
    matrix_apply(2, 3, matrix, (double[]){1, 0, -1}, image);
    assert_true(image[0] == -2 && image[1] == -2);
    assert_true(matrix_quadratic_form(2, product, (double[]){1, 0}, (double[]){1, 1}) == 46);
    assert_true(matrix_length(2, (double[]){3, -4}) == 5);
    double zero[2] = {0, 0};
    matrix_normalise(2, zero);
    assert_true(zero[0] == 0 && zero[1] == 0);
}

/* Even of a vector that lies almost entirely along the others. */
static void test_orthogonalise(void **state) {
    (void)state;
    const double basis[] = {0.6, 0.8, 0, 0, 0, 1};
    double vector[] = {0.6 + 0.8e-9, 0.8 - 0.6e-9, 1};
    matrix_orthogonalise(3, basis, 2, vector);
    double along = vector[0] * 0.6 + vector[1] * 0.8;
    assert_true(fabs(along) <= 1e-24 && fabs(vector[2]) <= 1e-24);
    assert_near(hypot(vector[0], vector[1]), 1e-9, 1e-15);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_eigenpairs),
        cmocka_unit_test(test_two_by_two_eigenpairs),
        cmocka_unit_test(test_definite_matrices),
        cmocka_unit_test(test_indefinite_matrices_are_refused),
        cmocka_unit_test(test_products),
        cmocka_unit_test(test_orthogonalise),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
