/**
 * @file
 * What rank 0 and the others give one another: bundles one way, reports the other. No MPI here.
 */
#pragma once

#include "base/error.h"
#include "plan/plan.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    /** Bundles in one hand-out at most: 4 KiB, which MPI sends without waiting for the receiver. */
    HANDOUT_BUNDLES_MOST = 26,
    /** Before the jobs of a bundle: their count, the bits of its cost, and its checkpoint. */
    HANDOUT_HEAD_WORDS = 3,
    /** Bundle count, then the bundles. */
    HANDOUT_WORDS_MOST = 1 + HANDOUT_BUNDLES_MOST * (HANDOUT_HEAD_WORDS + PLAN_WIDTH_MOST),
};

/** Bundles given out at once. */
struct handout {
    int64_t words[HANDOUT_WORDS_MOST];
    int64_t used; /**< words in use */
};

/** What a rank has done since its last report. Plain data, sent as bytes between equal machines. */
struct report {
    int64_t done;
    int64_t failed;
    int64_t kept; /**< left half-trained, in checkpoints */
    int64_t bundles;
    double cost;                       /**< of those jobs, in the plan's units */
    double seconds;                    /**< spent on those bundles */
    double slowest_seconds;            /**< of the slowest of them */
    int64_t slowest_job, slowest_jobs; /**< its first job, and how many; 0: there was none */
    struct error error;                /**< status STATUS_OK while all is well */
};

/** Empties a hand-out. */
void handout_clear(struct handout *handout);

/** Adds a bundle; there must be room (HANDOUT_BUNDLES_MOST). */
void handout_add(struct handout *handout, const struct plan_bundle *bundle);

/** Bundles in a hand-out. */
int64_t handout_count(const struct handout *handout);

/** Bundle number `index` of a hand-out. */
struct plan_bundle handout_bundle(const struct handout *handout, int64_t index);

/**
 * Whether a worker asks for more before it begins bundle `index` of `count`, the last one having
 * taken `bundle_seconds` (0: none yet): before the last when bundles are so short that the answer's
 * way would tell; after all of them when they are long, lest one waits here while a rank is idle.
 */
bool handout_asks_before(int64_t index, int64_t count, double bundle_seconds);
