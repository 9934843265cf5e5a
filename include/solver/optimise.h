/**
 * @file
 * What `solver: exact` does in place of training.
 */
#pragma once

#include "base/poll.h"
#include "solver/bundle.h"
#include "solver/trained.h"

/**
 * Fills results[count] with every lane's optimal network (network.optimal), in double precision but
 * for the weights. A lane without an optimum becomes diverged at step 0. `poll` is called between
 * lanes; what it has leave off is lost.
 */
enum status optimise(const struct network_shape *shape, const struct lane *lanes, size_t count,
                     const struct poll *poll, struct arena *arena, struct trained *results,
                     struct error *error) CHECKED;
