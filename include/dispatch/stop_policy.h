/**
 * @file
 * When a rank writes a checkpoint of the bundle it trains, and when it stops training. It reads no
 * clock: callers pass clock_seconds.
 */
#pragma once

#include "base/poll.h"

#include <stdbool.h>

struct stop_policy {
    double checkpoint_interval; /**< seconds between two checkpoints of a bundle; infinite: none */
    double last_checkpoint;     /**< of the current bundle, or its beginning */
    bool requested;             /**< the rank was asked to stop: it begins no further bundle */
    double deadline;            /**< by then the current bundle must be finished or checkpointed */
};

/** A bundle begins. */
void stop_policy_begin_bundle(struct stop_policy *policy, double now);

/** Asks the rank to stop within `notice` seconds. Only the first request counts. */
void stop_policy_request(struct stop_policy *policy, double notice, double now);

/**
 * What to do with work that still takes `seconds_left` (NaN: unknown). After a stop request it
 * continues only if it ends before the deadline; otherwise it is checkpointed at intervals.
 */
enum poll_action stop_policy_action(struct stop_policy *policy, double seconds_left, double now);
