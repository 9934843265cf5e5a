/**
 * @file
 * Jobs that kill their process: when a rank dies by a fault, a signal handler raises the `attempts`
 * of the jobs in hand, straight in the results file. The next run trains such jobs alone and gives
 * a job up after CRASH_ATTEMPTS_MAX deaths. Being killed from outside is nobody's fault.
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
 * Installs handlers for faults (SEGV, BUS, FPE, ILL, ABRT); `place` is where the counts lie in the
 * file (results_attempts), which has the rows of `shard`. At most one at a time in a process.
 */
enum status crash_counter_install(const char *path, off_t place, const struct shard *shard,
                                  const struct crash_counter **crash_counter,
                                  struct error *error) CHECKED;

/** From here on a fault is these jobs'. Nothing when blame is NULL. */
void crash_counter_begin(const struct crash_counter *crash_counter, const int64_t *jobs,
                         size_t count);

/** From here on a fault is no job's. */
void crash_counter_end(const struct crash_counter *crash_counter);

/** Puts the old handlers back. NULL is allowed. */
void crash_counter_remove(const struct crash_counter *crash_counter);
