/**
 * @file
 * The discrete Fourier transform of real series of any length, in double precision.
 *
 * It is summed by its definition: series are as short as the sequences that networks are trained
 * on, and a fast transform would save little compared with the training.
 */
#pragma once

#include "base/arena.h"

#include <stddef.h>

/**
 * X_k = Σ_t (x_t − mean) exp(−2πi k t / T) at the bins k of frequency ≥ 0 that numpy.fft.fftfreq
 * has: 0 … T/2 − 1 for even T, 0 … (T − 1)/2 for odd T. Owned by the arena.
 */
struct spectrum {
    size_t steps; /**< T */
    size_t bins;
    size_t count;      /**< of series */
    double *real;      /**< [bins][count] */
    double *imaginary; /**< [bins][count] */
};

/**
 * Transforms the columns of series[steps][count], steps ≥ 1. A constant column is exactly 0 in
 * every bin. Takes time O(T²) a column; no column's bits depend on the others.
 */
enum status spectrum_make(const double *series, size_t steps, size_t count, struct arena *arena,
                          struct spectrum *spectrum, struct error *error) CHECKED;

/** Of a bin, in radians per unit of the time between two steps. */
double spectrum_frequency(const struct spectrum *spectrum, size_t bin, double time_step);
