/**
 * @file
 * Stopping a lane early where its loss and the gradient of its loss are flat.
 */
#pragma once

#include "solver/trained.h"
#include "solver/training.h"

/** What is known from the last look; belongs to the arena of stopping_make. */
struct stopping {
    double *last_loss; /**< [lanes in use], NaN before the first look */
    bool any;          /**< some lane has stopped */
};

/** Begins before the first look. */
enum status stopping_make(const struct training *training, struct arena *arena,
                          struct stopping *stopping, struct error *error) CHECKED;

/**
 * Where it is time for a look before step t: takes it (training_look), and stops the lanes that are
 * flat, of those neither stopped nor diverged. The weights that they keep, last or best, are then
 * in bundle.best and stay there; results[lanes in use] say `stopped` and after how many steps.
 * Returns whether one has stopped.
 */
bool stopping_look(struct stopping *stopping, struct training *training, int64_t step,
                   struct trained *results);
