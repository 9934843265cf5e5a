/**
 * @file
 * Trains a bundle, or finds its optimum, from initial weights to results.
 */
#pragma once

#include "base/poll.h"
#include "solver/bundle.h"
#include "solver/trained.h"

/**
 * Trains the lanes side by side for the steps that their jobs ask for (all the same), then
 * evaluates the weights kept, into trained[count]. A lane's result depends on its own job and data
 * alone, not on neighbours nor on having resumed from a snapshot. STATUS_STOPPED when `poll` says
 * so; STATUS_BAD_INPUT when a snapshot does not fit its lane.
 */
enum status train_bundle(const struct kernel *kernel, const struct network_shape *shape,
                         const struct lane *lanes, size_t count, const struct poll *poll,
                         struct arena *arena, struct trained *trained, struct error *error) CHECKED;
