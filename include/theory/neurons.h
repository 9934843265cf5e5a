/**
 * @file
 * From the amounts of a design to a network's neurons.
 */
#pragma once

#include "theory/problem.h"

/**
 * Column generation leaves neurons in hardly any amount, and clusters that bracket the best one:
 * drops those and makes each cluster one neuron, where that costs no more than `share` of the
 * energy.
 */
enum status neurons_tidy(struct problem *problem, double share, struct arena *arena,
                         struct error *error) CHECKED;

/**
 * Leaves at most `most` neurons: one after the other is taken away, or two replaced by one, where
 * that costs least, with the best amounts for the rest; or the modular network, if that is better.
 */
enum status neurons_limit(const struct geometry *geometry, size_t most, struct problem *problem,
                          struct arena *arena, struct error *error) CHECKED;

/** The design's neurons in the cloud's coordinates; memory belongs to the arena. */
enum status neurons_take(const struct problem *problem, struct arena *arena,
                         struct neurons *neurons, struct error *error) CHECKED;
