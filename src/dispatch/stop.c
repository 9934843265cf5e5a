#include "dispatch/stop.h"

#include <math.h>

/* Of the notice, for bundles to end in; the rest is for scores, writing and closing. */
static const double share_for_bundles = 0.75;

void stop_begin_bundle(struct stop *stop, double now) {
    stop->last_keep = now;
}

void stop_now(struct stop *stop, double notice, double now) {
    if (!stop->on) {
        stop->on = true;
        stop->deadline = now + share_for_bundles * notice;
    }
}

enum poll_action stop_action(struct stop *stop, double seconds_left, double now) {
    double left = isnan(seconds_left) ? 0.0 : seconds_left;
    if (stop->on) {
        return now + left > stop->deadline ? ACTION_STOP : ACTION_CONTINUE;
    }
    /* What does not know its end has nothing to keep. */
    if (isnan(seconds_left) || now - stop->last_keep < stop->keep_every) {
        return ACTION_CONTINUE;
    }
    stop->last_keep = now;
    return ACTION_CHECKPOINT;
}
