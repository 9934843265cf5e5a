/**
 * @file
 * Trials of recurrent networks: random sequences, weights and coefficients of the loss.
 */
#pragma once

#include "network/stacks.h"

/** A recurrent network by its settings, and its data's widths. */
struct recurrent {
    const char *network;
    int64_t hidden;
    size_t steps; /**< of a sequence */
    size_t inputs, targets;
    int64_t power; /**< of the negativity */
    bool sparse;
};

/** A trial on `sequences` sequences with everything different for each `key`. */
static inline struct trial sequence_trial(uint64_t key, size_t sequences,
                                          const struct recurrent *recurrent, struct arena *arena) {
    const struct stack like = {
        .network = recurrent->network, .inputs = recurrent->inputs, .targets = recurrent->targets};
    struct random_stream stream = random_stream_of((struct job_hash){{key, ~key}}, RANDOM_DATA);
    struct trial trial = trial_make(1, 1, 1, arena);
    trial.job.hash = (struct job_hash){{key, ~key}};
    trial.data = stack_data(&stream, sequences * recurrent->steps, &like, arena);
    trial.data.size.steps = recurrent->steps;
    trial.data.size.own_targets = true;
    trial.job.network = network_called(recurrent->network);
    memset(&trial.job.network_settings, 0, sizeof trial.job.network_settings);
    memcpy(setting_of(&trial.job.network_settings, &trial.job.network->component, "hidden",
                      PARAMETER_INTEGER),
           &recurrent->hidden, sizeof recurrent->hidden);
    stack_finish(&trial, recurrent->power, recurrent->sparse, &stream, arena);
    return trial;
}
