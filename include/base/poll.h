/**
 * @file
 * What long work asks its caller now and then: whether to go on.
 */
#pragma once

#include "base/error.h"

struct snapshot;

/** The caller's answer. */
enum poll_action {
    ACTION_CONTINUE,
    ACTION_CHECKPOINT, /**< keep a snapshot and go on */
    ACTION_STOP,       /**< keep a snapshot, if the work has one, and leave off */
};

/** Called about once a millisecond while work goes on. */
struct poll {
    /** `seconds_left`: until the work under way ends; NaN where that is not known. */
    enum poll_action (*call)(void *context, double seconds_left);
    /** Keeps what training needs to go on later; NULL where nothing can be kept. */
    enum status (*keep)(void *context, const struct snapshot *snapshot, struct error *error);
    void *context;
};

/** The answer of callers who never want anything else. */
static inline enum poll_action poll_continue(void *context, double seconds_left) {
    (void)context;
    (void)seconds_left;
    return ACTION_CONTINUE;
}

/** What work that was left off returns: STATUS_STOPPED. */
static inline enum status poll_stopped(struct error *error) {
    return error_set(error, STATUS_STOPPED, "left off before its end");
}
