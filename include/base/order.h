/**
 * @file
 * Sorting and quantiles of numbers.
 */
#pragma once

#include "base/arena.h"

#include <stddef.h>
#include <stdint.h>

/**
 * Sorts values[count] into ascending order and permutes carried[count] in the same way. Equal
 * values (−0 and 0 among them) keep their order. Scratch memory comes from the arena.
 */
enum status order_reals(double *values, uint32_t *carried, size_t count, struct arena *arena,
                        struct error *error) CHECKED;

/** Compares two doubles, neither of them NaN, for qsort in ascending order. */
int order_compare(const void *left, const void *right);

/** Compares two size_t, for qsort and bsearch in ascending order. */
int order_compare_indices(const void *left, const void *right);

/**
 * The quantile of sorted[count], count ≥ 1, at a share of 0 to 1, by linear interpolation between
 * neighbours; bit for bit that of numpy.
 */
double order_quantile(const double *sorted, size_t count, double share);
