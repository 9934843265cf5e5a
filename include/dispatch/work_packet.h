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
    WORK_PACKET_BUNDLES_MAX = 26,
    /** Before the jobs of a bundle: their count, the bits of its cost, and its checkpoint. */
    WORK_PACKET_HEAD_WORDS = 3,
    /** Bundle count, then the bundles. */
    WORK_PACKET_WORDS_MAX = 1 + WORK_PACKET_BUNDLES_MAX * (WORK_PACKET_HEAD_WORDS + PLAN_WIDTH_MAX),
};

/** Bundles given out at once. */
struct work_packet {
    int64_t words[WORK_PACKET_WORDS_MAX];
    int64_t used; /**< words in use */
};

/** What a rank has done since its last report. Plain data, sent as bytes between equal machines. */
struct work_report {
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
void work_packet_clear(struct work_packet *packet);

/** Adds a bundle; there must be room (WORK_PACKET_BUNDLES_MAX). */
void work_packet_add(struct work_packet *packet, const struct plan_bundle *bundle);

/** Bundles in a hand-out. */
int64_t work_packet_count(const struct work_packet *packet);

/** Bundle number `index` of a hand-out. */
struct plan_bundle work_packet_bundle(const struct work_packet *packet, int64_t index);

/**
 * Whether a worker asks for more before it begins bundle `index` of `count`, the last one having
 * taken `bundle_seconds` (0: none yet): before the last when bundles are so short that the answer's
 * way would tell; after all of them when they are long, lest one waits here while a rank is idle.
 */
bool work_packet_asks_before(int64_t index, int64_t count, double bundle_seconds);
