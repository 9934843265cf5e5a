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

/** Leaves the `most` neurons that are used most, in the best amounts. */
enum status neurons_limit(struct problem *problem, size_t most, struct arena *arena,
                          struct error *error) CHECKED;

/** The design's neurons in the cloud's coordinates; memory belongs to the arena. */
enum status neurons_take(const struct problem *problem, struct arena *arena,
                         struct neurons *neurons, struct error *error) CHECKED;
