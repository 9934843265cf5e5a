/**
 * @file
 * The affine hull of a cloud. It has fewer dimensions than there are sources when some are constant
 * or linear functions of the others.
 */
#pragma once

#include "theory/cloud.h"

/**
 * Finds sources that are independent and on which all others depend linearly (to 1e-10 of their
 * ranges), into columns[S], ascending, and how many into *dimension (at least 1). Gaussian
 * elimination with complete pivoting.
 */
enum status affine_hull_columns(const struct cloud *cloud, struct arena *arena, size_t *columns,
                                size_t *dimension, struct error *error) CHECKED;
