/**
 * @file
 * The progress of a run for other programs: "RESULTS.h5.live", a JSON text beside the results file,
 * which rank 0 replaces about every second and removes at the end. Times of day are seconds since
 * 1970, UTC, by the clock of rank 0's host.
 */
#pragma once

#include "base/arena.h"

#include <stdint.h>

enum { LIVE_SLOW_MAX = 10 };

/** What rank 0 knows about a rank. */
struct live_rank {
    const char *host;
    int64_t done, failed; /**< jobs that it has reported */
    double busy;          /**< seconds in bundles, of those jobs */
    int64_t job;          /**< the first of the jobs that it is training */
    int64_t jobs;         /**< that it is training; 0: idle */
    double since;         /**< when it got them; 0: never */
};

/** One of the slowest bundles. */
struct live_slow {
    double seconds;
    int64_t job;  /**< its first */
    int64_t jobs; /**< in it */
    int64_t rank;
};

struct live {
    int64_t run_epoch; /**< of the run (store/run_epoch.h) */
    const char *host;  /**< of rank 0 */
    int64_t process;   /**< rank 0's number there */
    double started, written;
    double interval;       /**< seconds until it is written again, about */
    int64_t total, before; /**< jobs of the sweep; finished when the run started */
    int64_t done, failed;  /**< by this run */
    double cost, all_cost; /**< of jobs that this run has done, and of all it has to do; the latter
                              may be 0 */
    int64_t rank_count;
    struct live_rank *ranks;
    size_t slow_count;
    struct live_slow slow[LIVE_SLOW_MAX]; /**< the slowest bundles, slowest first */
};

/** Keeps the bundle if it is one of the slowest. */
void live_note_slow(struct live *live, const struct live_slow *bundle);

/** Replaces the file atomically: readers see the old text or the new one. */
enum status live_write(const struct live *live, const char *results, struct error *error) CHECKED;

/**
 * Reads the file that belongs to a results file, into the arena. *live is NULL when there is no
 * such file, or when it has another format.
 */
enum status live_read(const char *results, struct arena *arena, struct live **live,
                      struct error *error) CHECKED;

/** Removes the file, and temporary files of killed processes. */
void live_remove(const char *results);
