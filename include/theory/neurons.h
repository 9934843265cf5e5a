/**
 * @file
 * From a design to the neurons of a network.
 */
#pragma once

#include "theory/problem.h"

/**
 * Column generation leaves neurons of negligible amount, and clusters around the best ones. Drops
 * the former and merges each cluster into one neuron, where that costs at most `share` of the
 * energy.
 */
enum status neurons_tidy(struct problem *problem, double share, struct arena *arena,
                         struct error *error) CHECKED;

/**
 * Leaves at most `most` neurons: removes one, or merges two, wherever that costs least, until few
 * enough are left; or takes the modular network, if that is better.
 */
enum status neurons_limit(const struct geometry *geometry, size_t most, struct problem *problem,
                          struct arena *arena, struct error *error) CHECKED;

/** The design's neurons in the cloud's coordinates; memory belongs to the arena. */
enum status neurons_take(const struct problem *problem, struct arena *arena,
                         struct neurons *neurons, struct error *error) CHECKED;
