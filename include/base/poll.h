/**
 * @file
 * How long work asks its caller, now and then, whether to continue.
 */
#pragma once

#include "base/error.h"

struct snapshot; /* of solver/snapshot.h; only passed through here */

/** The caller's answer. */
enum poll_action {
    ACTION_CONTINUE,
    ACTION_CHECKPOINT, /**< save a snapshot and continue */
    ACTION_STOP,       /**< save a snapshot, if the work can, and stop */
};

/** Called about once a millisecond during work. */
struct poll {
    /** `seconds_left`: until the work ends; NaN where that is unknown. */
    enum poll_action (*call)(void *context, double seconds_left);
    /** Saves what training needs to resume; NULL where nothing can be saved. */
    enum status (*checkpoint)(void *context, const struct snapshot *snapshot, struct error *error);
    void *context;
};

/** For callers that never stop the work. */
static inline enum poll_action poll_continue(void *context, double seconds_left) {
    (void)context;
    (void)seconds_left;
    return ACTION_CONTINUE;
}

/** What work returns after ACTION_STOP: STATUS_STOPPED. */
static inline enum status poll_stopped(struct error *error) {
    return error_set(error, STATUS_STOPPED, "stopped before its end");
}
