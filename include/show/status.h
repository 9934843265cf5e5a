/**
 * @file
 * How far a sweep is: the rows of its results file, and its runs.
 */
#pragma once

#include "store/format.h"
#include "store/live.h"
#include "store/reader.h"
#include "store/row.h"

enum {
    STATUS_FAILURES_NAMED = 10, /**< failed jobs that are named */
    STATUS_RANKS_LISTED = 16,   /**< ranks that are listed */
};

/** A job that failed: diverged at a step, or given up. */
struct status_failure {
    int64_t job; /**< its number in the sweep */
    enum row_state state;
    int64_t steps;
};

/** The ranks of a run under way, together. Rates are in jobs a second since the run started. */
struct status_ranks {
    int64_t idle; /**< have nothing in hand */
    int64_t jobs; /**< in hand of all ranks */
    double rate_least, rate_median, rate_most;
    size_t listed_count;                 /**< all; or, of more than fit, those that have been */
    int64_t listed[STATUS_RANKS_LISTED]; /**< longest at what they have in hand */
};

struct status_report {
    const struct results_reader *reader; /**< that was asked */
    const char *path;
    const char *name;   /**< of the sweep */
    struct shard shard; /**< whose jobs have rows */
    int64_t job_count;  /**< rows */
    int64_t done, diverged, quarantined;
    int64_t missing;      /**< all others, torn ones among them */
    int64_t torn;         /**< rows whose checksum is wrong: half-written or damaged */
    size_t failure_count; /**< at most STATUS_FAILURES_NAMED */
    struct status_failure failures[STATUS_FAILURES_NAMED]; /**< the first ones */
    size_t run_count;
    struct run_note runs[RUN_SLOTS]; /**< oldest first */
    bool running;                    /**< the last run has not ended and shows signs of life */
    double written;                  /**< last sign of life, seconds since 1970, UTC */
    double now;                      /**< when the report was made, seconds since 1970, UTC */
    double rate;                     /**< jobs finished a second in the last run; 0: unknown */
    double seconds_left;             /**< NaN when not running or unknown */
    struct live *live;         /**< what the last run said last, unless it ended; NULL: nothing */
    struct status_ranks ranks; /**< of `live` */
    const char *slow_cells[LIVE_SLOW_MAX]; /**< "key=value key=value" of its slowest bundles */
};

/** Reads the file, and what its run says of itself. Memory belongs to the reader. */
enum status status_read(struct results_reader *reader, struct status_report *report,
                        struct error *error) CHECKED;

/** What the file's lock says about a run. */
enum status_lock {
    LOCK_HELD,    /**< a run is under way */
    LOCK_FREE,    /**< none is: the last run's first host is this one */
    LOCK_UNKNOWN, /**< locks of that host may not reach here */
};

/**
 * Sets now, running, rate and seconds_left from the counts, runs and times of the report, what the
 * run says, and the lock; `now` is in seconds since 1970, UTC. Where locks do not reach, a run with
 * a recent sign of life counts as running.
 */
void status_judge(struct status_report *report, enum status_lock lock, double now);

/** Jobs a second of a rank since its run began. */
double status_rate(const struct live *live, const struct live_rank *rank);

/** When a run ended: for the last one, if it was killed, when it gave its last sign of life; NaN
 * where that is unknown. */
double status_end_of_run(const struct status_report *report, size_t run);
