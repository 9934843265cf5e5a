/**
 * @file
 * `solver: exact`: finds the optimum of each lane instead of training.
 */
#pragma once

#include "base/poll.h"
#include "solver/bundle.h"
#include "solver/trained.h"

/**
 * Fills trained[count] with every lane's optimal network (network.optimal), in double precision
 * except for the weights. A lane without an optimum is diverged at step 0. `poll` is called between
 * lanes; when it stops, results are lost.
 */
enum status optimise_bundle(const struct network_shape *shape, const struct lane *lanes,
                            size_t count, const struct poll *poll, struct arena *arena,
                            struct trained *trained, struct error *error) CHECKED;
