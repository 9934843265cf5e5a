/**
 * @file
 * Small dense symmetric matrices, row-major, in double precision; LAPACK beyond 2 × 2.
 */
#pragma once

#include "base/arena.h"

#include <stddef.h>

enum { MATRIX_TRIANGLE_MAX = 1024 }; /**< columns of matrix_triangle */

/** Σ a_i b_i. */
static inline double matrix_dot(size_t count, const double *a, const double *b) {
    double sum = 0.0;
    for (size_t i = 0; i < count; i++) {
        sum += a[i] * b[i];
    }
    return sum;
}

/** Euclidean length. */
double matrix_length(size_t count, const double *vector);

/** vector[count] divided by its length; left alone when that is 0. */
void matrix_normalise(size_t count, double *vector);

/** result[rows] = matrix[rows][columns] · vector[columns]. */
void matrix_apply(size_t rows, size_t columns, const double *matrix, const double *vector,
                  double *result);

/** xᵀ A y, A [size][size]. */
double matrix_quadratic_form(size_t size, const double *matrix, const double *x, const double *y);

/** product[rows][columns] = left[rows][inner] · right[inner][columns]. */
void matrix_multiply(size_t rows, size_t inner, size_t columns, const double *left,
                     const double *right, double *product);

/**
 * The smallest eigenvalue of a symmetric matrix[size][size] with its unit eigenvector[size] (of
 * either sign). `work` holds matrix_eigen_work(size) numbers. NaN when LAPACK does not converge.
 */
double matrix_smallest_eigenpair(size_t size, const double *matrix, double *vector, double *work);
size_t matrix_eigen_work(size_t size);

/**
 * All eigenvalues[size], ascending, and eigenvectors: row k of vectors[size][size] belongs to value
 * k. STATUS_BAD_INPUT when LAPACK does not converge.
 */
enum status matrix_eigen(size_t size, const double *matrix, double *values, double *vectors,
                         struct error *error) CHECKED;

/**
 * Upper R with matrix = RᵀR, and R⁻¹; both [size][size]. STATUS_BAD_INPUT when the matrix is not
 * positive definite.
 */
enum status matrix_factor(size_t size, const double *matrix, double *upper, double *inverse_upper,
                          struct error *error) CHECKED;

/**
 * Upper R[size][size] with RᵀR = XᵀX, from X itself and so without squaring its condition. X has
 * `rows` ≥ size rows and stands column after column in columns[size][rows], which is overwritten.
 */
enum status matrix_triangle(size_t rows, size_t size, double *columns, double *upper,
                            struct error *error) CHECKED;

/** Inverse of a positive definite matrix. STATUS_BAD_INPUT when it is not. */
enum status matrix_inverse(size_t size, const double *matrix, struct arena *arena, double *inverse,
                           struct error *error) CHECKED;

/**
 * Solves matrix · x = right in place (right[size]); `matrix` is overwritten. STATUS_BAD_INPUT when
 * it is not positive definite.
 */
enum status matrix_solve(size_t size, double *matrix, double *right, struct error *error) CHECKED;

/** Projects vector[size] onto the complement of `count` orthonormal vectors, basis[count][size]. */
void matrix_orthogonalise(size_t size, const double *basis, size_t count, double *vector);

/**
 * Restricts a quadratic form to the complement of `count` orthonormal vectors, basis[count][size]:
 * these become eigenvectors of eigenvalue `stiffness`, the rest of matrix[size][size] is projected.
 * `scratch` holds `size` numbers.
 */
void matrix_restrict(size_t size, const double *basis, size_t count, double stiffness,
                     double *scratch, double *matrix);

/** Sum of the diagonal. */
double matrix_trace(size_t size, const double *matrix);
