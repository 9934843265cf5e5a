/**
 * @file
 * What long work asks its caller now and then: whether to go on.
 */
#pragma once

#include "base/error.h"

struct snapshot;

/** The caller's answer. */
enum wish {
    WISH_GO_ON,
    WISH_KEEP,  /**< keep a snapshot and go on */
    WISH_LEAVE, /**< keep a snapshot, if the work has one, and leave off */
};

/** Called about once a millisecond while work goes on. */
struct poll {
    /** `seconds_left`: until the work under way ends; NaN where that is not known. */
    enum wish (*call)(void *context, double seconds_left);
    /** Keeps what training needs to go on later; NULL where nothing can be kept. */
    enum status (*keep)(void *context, const struct snapshot *snapshot, struct error *error);
    void *context;
};

/** The answer of callers who never want anything else. */
static inline enum wish poll_goes_on(void *context, double seconds_left) {
    (void)context;
    (void)seconds_left;
    return WISH_GO_ON;
}

/** What work that was left off returns: STATUS_STOPPED. */
static inline enum status poll_left(struct error *error) {
    return error_set(error, STATUS_STOPPED, "left off before its end");
}
