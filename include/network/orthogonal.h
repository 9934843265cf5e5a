/**
 * @file
 * Random orthogonal matrices.
 */
#pragma once

#include "base/random.h"

/**
 * Fills matrix[rows][columns] with orthonormal rows, or columns where those are fewer, uniformly
 * distributed (Haar measure; Mezzadri 2007): normal numbers made orthonormal one after the other.
 * Does not depend on a matrix library, so bits are equal on all processors.
 */
void orthogonal_draw(size_t rows, size_t columns, struct random_stream *stream, double *matrix);
