/**
 * @file
 * Jobs that crash their process: when a rank dies of a fault, a signal handler raises the
 * `attempts` of the jobs being run, in the results file itself. The next run trains such jobs
 * alone, and gives a job up after CRASH_ATTEMPTS_MAX crashes. A process killed from outside counts
 * for nothing.
 */
#pragma once

#include "base/error.h"
#include "sweep/shard.h"

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum { CRASH_ATTEMPTS_MAX = 3 };

struct crash_counter;

/**
 * Installs handlers for faults (SEGV, BUS, FPE, ILL, ABRT). `offset` is where the attempts lie in
 * the file (results_attempts), which has the rows of `shard`. At most one at a time in a process.
 * On failure (STATUS_STORAGE, STATUS_SYSTEM) nothing stays open or installed, and *counter is NULL.
 */
enum status crash_counter_install(const char *path, off_t offset, const struct shard *shard,
                                  const struct crash_counter **counter,
                                  struct error *error) CHECKED;

/** Until crash_counter_end, a fault counts against these jobs. NULL is allowed, also below. */
void crash_counter_begin(const struct crash_counter *counter, const int64_t *jobs, size_t count);

/** From here on a fault counts against no job. */
void crash_counter_end(const struct crash_counter *counter);

/** Restores the earlier handlers. */
void crash_counter_remove(const struct crash_counter *counter);
