/**
 * @file
 * Stops a lane early when its loss hardly changes and its gradient is small.
 */
#pragma once

#include "solver/trained.h"
#include "solver/training.h"

/** Memory of the last check; belongs to the arena of stopping_make. */
struct stopping {
    double *last_loss; /**< [lanes in use], NaN before the first check */
    bool any;          /**< some lane has stopped */
};

/** The state before the first check. */
enum status stopping_make(const struct training *training, struct arena *arena,
                          struct stopping *stopping, struct error *error) CHECKED;

/**
 * If a check is due before step t: computes loss and gradient (training_measure) and stops the
 * lanes that have converged, of those neither stopped nor diverged. The weights that they keep,
 * last or best, are then in bundle.best; trained[lanes in use] get `stopped` and the number of
 * steps. Returns whether any lane has stopped.
 */
bool stopping_check(struct stopping *stopping, struct training *training, int64_t step,
                    struct trained *trained);
