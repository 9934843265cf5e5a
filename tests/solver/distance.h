/**
 * @file
 * How far numbers lie apart, norm-wise.
 */
#pragma once

#include <math.h>
#include <stddef.h>

/** |a − b| / |b|, norms over all numbers together. */
static inline double distance(const float *a, const double *b, size_t count) {
    double difference = 0.0;
    double norm = 0.0;
    for (size_t k = 0; k < count; k++) {
        difference += ((double)a[k] - b[k]) * ((double)a[k] - b[k]);
        norm += b[k] * b[k];
    }
    return sqrt(difference / norm);
}
