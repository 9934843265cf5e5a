/**
 * @file
 * What rank 0 and workers exchange: bundles one way, reports the other. No MPI here.
 */
#pragma once

#include "base/error.h"
#include "plan/plan.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    /** Most bundles of a packet: 4 KiB, which MPI sends without waiting for the receiver. */
    WORK_PACKET_BUNDLES_MAX = 26,
    /** Before the jobs of a bundle: their count, the bits of its cost, and its checkpoint. */
    WORK_PACKET_HEAD_WORDS = 3,
    /** Bundle count, then the bundles. */
    WORK_PACKET_WORDS_MAX = 1 + WORK_PACKET_BUNDLES_MAX * (WORK_PACKET_HEAD_WORDS + PLAN_WIDTH_MAX),
};

/** Bundles sent in one message. */
struct work_packet {
    int64_t words[WORK_PACKET_WORDS_MAX];
    int64_t used; /**< words in use */
};

/** What a rank has done since its last report. Plain data, sent as bytes between equal machines. */
struct work_report {
    int64_t done;
    int64_t failed;
    int64_t checkpointed; /**< jobs stopped half-trained */
    int64_t bundles;
    double cost;                       /**< of those jobs, in the plan's units */
    double seconds;                    /**< spent on those bundles */
    double slowest_seconds;            /**< of the slowest of them */
    int64_t slowest_job, slowest_jobs; /**< its first job, and how many; 0: there was none */
    struct error error;                /**< status STATUS_OK while all is well */
};

/** Empties a packet. */
void work_packet_clear(struct work_packet *packet);

/** Adds a bundle; there must be room (WORK_PACKET_BUNDLES_MAX). */
void work_packet_add(struct work_packet *packet, const struct plan_bundle *bundle);

/** Bundles in a packet. */
int64_t work_packet_count(const struct work_packet *packet);

/** Bundle number `index` of a packet. */
struct plan_bundle work_packet_bundle(const struct work_packet *packet, int64_t index);

/**
 * Whether a worker asks for more before it begins bundle `index` of `count`, the last one having
 * taken `bundle_seconds` (0: none yet). Short bundles: before the last one, which hides the latency
 * of the answer. Long ones: after all of them, so that no bundle waits here while a rank is idle.
 */
bool work_packet_asks_before(int64_t index, int64_t count, double bundle_seconds);
