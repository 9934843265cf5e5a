/**
 * @file
 * When a rank keeps a snapshot of what it trains, and when it leaves off. No clock of its own:
 * times are clock_seconds, given.
 */
#pragma once

#include "base/poll.h"

#include <stdbool.h>

struct stop {
    double keep_every; /**< seconds between two snapshots of a bundle; infinite: none */
    double last_keep;  /**< of the bundle under way, or its beginning */
    bool on;           /**< the rank was asked to end: it begins nothing more */
    double deadline;   /**< by then the bundle under way must be done or kept */
};

/** A bundle begins. */
void stop_begin_bundle(struct stop *stop, double now);

/** The end comes after `notice` seconds. Once on, nothing changes. */
void stop_now(struct stop *stop, double notice, double now);

/**
 * What to do with work that ends in `seconds_left` (NaN: nobody knows): once asked to end, it is
 * left as soon as it cannot end in time; else it is kept every now and then.
 */
enum poll_action stop_action(struct stop *stop, double seconds_left, double now);
