#include "dispatch/stop_policy.h"

#include <math.h>

/* Of the notice, for training; the rest is for scores, writing and closing. */
static const double training_share = 0.75;

void stop_policy_begin_bundle(struct stop_policy *policy, double now) {
    policy->last_checkpoint = now;
}

void stop_policy_request(struct stop_policy *policy, double notice, double now) {
    if (!policy->requested) {
        policy->requested = true;
        policy->deadline = now + training_share * notice;
    }
}

enum poll_action stop_policy_action(struct stop_policy *policy, double seconds_left, double now) {
    double left = isnan(seconds_left) ? 0.0 : seconds_left;
    if (policy->requested) {
        return now + left > policy->deadline ? ACTION_STOP : ACTION_CONTINUE;
    }
    /* Work that cannot tell how long it takes has no state to checkpoint. */
    if (isnan(seconds_left) || now - policy->last_checkpoint < policy->checkpoint_interval) {
        return ACTION_CONTINUE;
    }
    policy->last_checkpoint = now;
    return ACTION_CHECKPOINT;
}
