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
 * evaluates the weights kept. A lane's result depends on its own job and data alone, and not on
 * where it went on from a snapshot. results[count]. STATUS_STOPPED when `poll` had it leave off;
 * STATUS_BAD_INPUT when a snapshot is of other lanes.
 */
enum status train(const struct kernel *kernel, const struct network_shape *shape,
                  const struct lane *lanes, size_t count, const struct poll *poll,
                  struct arena *arena, struct trained *results, struct error *error) CHECKED;
