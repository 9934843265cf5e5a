/**
 * @file
 * How far a sweep is: the rows of its results file, and its runs.
 */
#pragma once

#include "store/format.h"
#include "store/reader.h"

/** How many failed jobs are named. */
enum { STATUS_FAILURES_NAMED = 10 };

/** A job that failed: diverged at a step, or given up. */
struct status_failure {
    int64_t job; /**< its number in the sweep */
    enum row_state state;
    int64_t steps;
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
    double written;                  /**< last change of the file, seconds since 1970, UTC */
    double rate;                     /**< jobs finished a second in the last run; 0: unknown */
    double seconds_left;             /**< NaN when not running or unknown */
};

/** Reads the file. Strings belong to the reader. */
enum status status_read(const struct results_reader *reader, struct status_report *report,
                        struct error *error) CHECKED;

/** What the file's lock tells of a run. */
enum status_lock {
    LOCK_HELD,    /**< a run is going on */
    LOCK_FREE,    /**< none is: the last run's first host is this one */
    LOCK_UNKNOWN, /**< locks of that host may not reach here */
};

/**
 * Sets running, rate and seconds_left from the counts, runs and times of the report and the lock;
 * `now` is in seconds since 1970, UTC.
 */
void status_judge(struct status_report *report, enum status_lock lock, double now);

/** The two forms, to standard output. */
void status_print(const struct status_report *report);
enum status status_print_json(const struct status_report *report, struct error *error) CHECKED;
