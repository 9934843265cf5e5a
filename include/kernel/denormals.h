/**
 * @file
 * Denormal numbers slow some processors down a hundredfold, so training treats them as zero.
 */
#pragma once

#include <stdint.h>

/** Treats denormal numbers as zero on this thread from now on; returns the mode to restore. */
uint64_t denormals_to_zero(void);

/** Undoes denormals_to_zero: SCOPED(denormals_restore) uint64_t saved = denormals_to_zero(); */
void denormals_restore(const uint64_t *saved);
