/**
 * @file
 * Numbers too small for their exponent slow some processors down a hundredfold; training counts
 * them as zero.
 */
#pragma once

#include <stdint.h>

/** Counts denormal numbers as zero on this thread from now on; returns what to restore. */
uint64_t denormals_to_zero(void);

/** Undoes denormals_to_zero: SCOPED(denormals_restore) uint64_t saved = denormals_to_zero(); */
void denormals_restore(const uint64_t *saved);
