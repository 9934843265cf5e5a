/**
 * @file
 * A job: one cell of a sweep's grid with all its settings.
 */
#pragma once

#include "base/random.h"
#include "job/loss.h"
#include "job/scoring.h"
#include "job/train.h"

#include <stdint.h>

struct distribution;
struct network;
struct solver;

enum { JOB_SETTINGS_BYTES = 256 };

/** Room for any component's settings struct. */
struct settings {
    _Alignas(16) unsigned char bytes[JOB_SETTINGS_BYTES];
};

/**
 * The components of a job and their settings. Plain data that may be copied; lists and texts in
 * settings point into the sweep, which must outlive the job.
 */
struct job {
    int64_t index;     /**< number in the grid; sweep/shard.h knows its row in a results file */
    int64_t replicate; /**< 0, 1, … */
    struct job_hash hash;
    const struct distribution *distribution; /**< NULL where the network needs no data */
    const struct network *network;
    const struct solver *solver; /**< NULL where the network does not train */
    struct settings data;
    struct settings network_settings;
    struct settings solver_settings;
    struct train_settings train;
    struct loss_settings loss;
    struct scoring_settings scoring;
};
