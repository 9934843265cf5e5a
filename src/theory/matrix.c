#include "theory/matrix.h"

#include <lapacke.h>
#include <limits.h>
#include <math.h>
#include <string.h>

enum { EIGEN_WORK_COLUMNS = 34 }; /* of LAPACK's dsyev: block size + 2 */

double matrix_length(size_t count, const double *vector) {
    return sqrt(matrix_dot(count, vector, vector));
}

void matrix_normalise(size_t count, double *vector) {
    double length = matrix_length(count, vector);
    for (size_t i = 0; i < count && length > 0.0; i++) {
        vector[i] /= length;
    }
}

void matrix_apply(size_t rows, size_t columns, const double *matrix, const double *vector,
                  double *result) {
    for (size_t i = 0; i < rows; i++) {
        result[i] = matrix_dot(columns, matrix + i * columns, vector);
    }
}

double matrix_quadratic_form(size_t size, const double *matrix, const double *x, const double *y) {
    double sum = 0.0;
    for (size_t i = 0; i < size; i++) {
        sum += x[i] * matrix_dot(size, matrix + i * size, y);
    }
    return sum;
}

void matrix_multiply(size_t rows, size_t inner, size_t columns, const double *left,
                     const double *right, double *product) {
    for (size_t i = 0; i < rows; i++) {
        for (size_t j = 0; j < columns; j++) {
            double sum = 0.0;
            for (size_t k = 0; k < inner; k++) {
                sum += left[i * inner + k] * right[k * columns + j];
            }
            product[i * columns + j] = sum;
        }
    }
}

size_t matrix_eigen_work(size_t size) {
    return size * size + size + size * EIGEN_WORK_COLUMNS;
}

/* Closed form: the direction is taken from the better conditioned of the two rows. */
static double matrix_smallest_of_two(const double *matrix, double *vector) {
    double a = matrix[0];
    double b = matrix[1];
    double c = matrix[3];
    double half = 0.5 * (a - c);
    double root = hypot(half, b);
    vector[0] = half > 0.0 ? -b : root - half;
    vector[1] = half > 0.0 ? root + half : -b;
    double length = hypot(vector[0], vector[1]);
    vector[0] = length > 0.0 ? vector[0] / length : 1.0;
    vector[1] = length > 0.0 ? vector[1] / length : 0.0;
    return 0.5 * (a + c) - root;
}

double matrix_smallest_eigenpair(size_t size, const double *matrix, double *vector, double *work) {
    if (size == 1) {
        vector[0] = 1.0;
        return matrix[0];
    }
    if (size == 2) {
        return matrix_smallest_of_two(matrix, vector);
    }
    double *copy = work;
    double *values = work + size * size;
    lapack_int n = (lapack_int)size;
    memcpy(copy, matrix, size * size * sizeof *copy);
    lapack_int info = LAPACKE_dsyev_work(LAPACK_COL_MAJOR, 'V', 'U', n, copy, n, values,
                                         values + size, n * EIGEN_WORK_COLUMNS);
    memcpy(vector, copy, size * sizeof *vector);
    return info == 0 ? values[0] : NAN;
}

enum status matrix_eigen(size_t size, const double *matrix, double *values, double *vectors,
                         struct error *error) {
    memcpy(vectors, matrix, size * size * sizeof *vectors);
    if (LAPACKE_dsyev(LAPACK_COL_MAJOR, 'V', 'U', (lapack_int)size, vectors, (lapack_int)size,
                      values) != 0) {
        return error_set(error, STATUS_BAD_INPUT, "eigenvalues of a %zu x %zu matrix not found",
                         size, size);
    }
    return STATUS_OK;
}

static enum status matrix_not_definite(size_t size, struct error *error) {
    return error_set(error, STATUS_BAD_INPUT,
                     "the theory's %zu x %zu matrices are singular to rounding: coefficients "
                     "or sources differ too much in size",
                     size, size);
}

enum status matrix_factor(size_t size, const double *matrix, double *upper, double *inverse_upper,
                          struct error *error) {
    lapack_int n = (lapack_int)size;
    memset(upper, 0, size * size * sizeof *upper);
    for (size_t i = 0; i < size; i++) {
        memcpy(upper + i * size + i, matrix + i * size + i, (size - i) * sizeof *upper);
    }
    double trace = matrix_trace(size, matrix); /* LAPACK lets NaN pass */
    /* LAPACK's lower triangle, column by column, is the upper one here. */
    if (!isfinite(trace) || LAPACKE_dpotrf_work(LAPACK_COL_MAJOR, 'L', n, upper, n) != 0) {
        return matrix_not_definite(size, error);
    }
    memcpy(inverse_upper, upper, size * size * sizeof *upper);
    if (LAPACKE_dtrtri_work(LAPACK_COL_MAJOR, 'L', 'N', n, inverse_upper, n) != 0) {
        return matrix_not_definite(size, error);
    }
    return STATUS_OK;
}

enum status matrix_triangle(size_t rows, size_t size, double *columns, double *upper,
                            struct error *error) {
    double factors[MATRIX_TRIANGLE_MAX];
    if (size > MATRIX_TRIANGLE_MAX || rows > INT_MAX ||
        LAPACKE_dgeqrf(LAPACK_COL_MAJOR, (lapack_int)rows, (lapack_int)size, columns,
                       (lapack_int)rows, factors) != 0) {
        return error_set(error, STATUS_BAD_INPUT, "%zu samples of %zu sources cannot be factored",
                         rows, size);
    }
    for (size_t i = 0; i < size; i++) {
        for (size_t j = 0; j < size; j++) {
            upper[i * size + j] = j < i ? 0.0 : columns[j * rows + i];
        }
    }
    return STATUS_OK;
}

enum status matrix_inverse(size_t size, const double *matrix, struct arena *arena, double *inverse,
                           struct error *error) {
    double *factors;
    TRY(ARENA_NEW(arena, factors, 2 * size * size, error));
    double *inverse_upper = factors + size * size;
    TRY(matrix_factor(size, matrix, factors, inverse_upper, error));
    for (size_t i = 0; i < size; i++) {
        for (size_t j = 0; j < size; j++) {
            inverse[i * size + j] =
                matrix_dot(size, inverse_upper + i * size, inverse_upper + j * size);
        }
    }
    return STATUS_OK;
}

enum status matrix_solve(size_t size, double *matrix, double *right, struct error *error) {
    lapack_int n = (lapack_int)size;
    double trace = matrix_trace(size, matrix);
    if (!isfinite(trace) ||
        LAPACKE_dposv_work(LAPACK_COL_MAJOR, 'L', n, 1, matrix, n, right, n) != 0) {
        return matrix_not_definite(size, error);
    }
    return STATUS_OK;
}

void matrix_orthogonalise(size_t size, const double *basis, size_t count, double *vector) {
    for (int pass = 0; pass < 2; pass++) { /* twice is enough (Kahan) */
        for (size_t k = 0; k < count; k++) {
            double along = matrix_dot(size, vector, basis + k * size);
            for (size_t i = 0; i < size; i++) {
                vector[i] -= along * basis[k * size + i];
            }
        }
    }
}

void matrix_restrict(size_t size, const double *basis, size_t count, double stiffness,
                     double *scratch, double *matrix) {
    for (size_t k = 0; k < count; k++) {
        const double *edge = basis + k * size;
        matrix_apply(size, size, matrix, edge, scratch);
        double own = matrix_dot(size, edge, scratch) + stiffness;
        for (size_t i = 0; i < size; i++) {
            for (size_t j = 0; j < size; j++) {
                matrix[i * size + j] +=
                    own * edge[i] * edge[j] - edge[i] * scratch[j] - scratch[i] * edge[j];
            }
        }
    }
}

double matrix_trace(size_t size, const double *matrix) {
    double sum = 0.0;
    for (size_t i = 0; i < size; i++) {
        sum += matrix[i * size + i];
    }
    return sum;
}
