/**
 * @file
 * The optimum of a loss whose fit counts only above a threshold.
 */
#pragma once

#include "theory/optimum.h"

/**
 * As optimum_find for the loss with costs.fit · max(0, mean|s − ŝ|² − threshold) in place of
 * costs.fit · mean|s − ŝ|²; the same for threshold 0. The problem is convex (optimum.h), so the
 * least loss is max over 0 < f ≤ costs.fit of φ*(f) − f · threshold, φ*(f) being the optimum at fit
 * f, whose slope is the squared error there; f is found by regula falsi. Every such value bounds
 * the loss from below, which is what `bound` rests on. modular_energy and price are NaN with a
 * threshold. Where a network of no neurons is already below it the energy is 0, and the gap NaN.
 */
enum status fit_threshold_optimum(const struct geometry *geometry, const struct costs *costs,
                                  double threshold, size_t most_neurons, struct arena *arena,
                                  struct optimum *optimum, struct error *error) CHECKED;
