/**
 * @file
 * Columns of sources and latents, centred and weighted for least squares.
 */
#pragma once

#include "base/arena.h"
#include "score/score.h"

#include <stdbool.h>
#include <stddef.h>

/**
 * Columns √w·(x − mean), mean and all later sums being weighted: plain inner products of columns
 * are weighted covariances. Owned by the arena.
 */
struct columns {
    size_t samples;
    size_t count;
    double *values; /**< [count][samples]: each column contiguous */
    double *norms;  /**< [count]; weighted standard deviation, exactly 0 for a constant column */
};

/**
 * Centres and weights matrix[samples][count] with weights[samples] (sum 1). A column whose range
 * is within rounding of its own magnitude counts as constant and becomes exactly zero.
 */
enum status columns_centre(const double *matrix, size_t samples, size_t count,
                           const double *weights, struct arena *arena, struct columns *columns,
                           struct error *error) CHECKED;

/** columns_centre of the sources or latents of an input, with its weights. */
enum status columns_of_sources(const struct score_input *input, struct arena *arena,
                               struct columns *columns, struct error *error) CHECKED;
enum status columns_of_latents(const struct score_input *input, struct arena *arena,
                               struct columns *columns, struct error *error) CHECKED;

/** Column j, [samples]. */
const double *columns_at(const struct columns *columns, size_t j);

/** Squared correlation of two columns, in [0, 1]; NaN when the first is constant, 0 when only the
 * second is. */
double columns_correlation2(const struct columns *a, size_t i, const struct columns *b, size_t j);

/**
 * Share of the variance of each column that no linear combination of the other columns explains,
 * 1 − R², into shares[count]; NaN for a constant column, exactly 0 for a collinear one.
 */
enum status columns_unexplained(const struct columns *columns, struct arena *arena, double *shares,
                                struct error *error) CHECKED;

/**
 * Coefficients of the least-squares fit of every column of `outputs` on all columns of `inputs`,
 * of least norm where inputs are collinear, into coefficients[outputs->count][inputs->count].
 * NaN where the factorisation fails.
 */
enum status columns_regress(const struct columns *inputs, const struct columns *outputs,
                            struct arena *arena, double *coefficients, struct error *error) CHECKED;
