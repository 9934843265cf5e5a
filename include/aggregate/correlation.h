/**
 * @file
 * Correlation of ranks.
 */
#pragma once

#include "base/arena.h"

#include <stddef.h>

/**
 * Spearman's rank correlation of x[count] and y[count], all of them numbers; ties have the mean of
 * their ranks. NaN where x or y does not vary. STATUS_NO_MEMORY is the only error.
 */
enum status correlation_of_ranks(const double *x, const double *y, size_t count, double *answer,
                                 struct error *error) CHECKED;
