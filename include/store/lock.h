/**
 * @file
 * One run at a time per results file.
 */
#pragma once

#include "base/error.h"

#include <stdbool.h>

/**
 * Takes the file's write lock for this process (rank 0 of a run); *lock is then given to
 * results_unlock. Released by death, too. Readers are not concerned. STATUS_STORAGE when another
 * run holds it; on a file system without locks the run goes on, with *lock = -1.
 */
enum status results_lock(const char *path, int *lock, struct error *error) CHECKED;

/** Whether a run, of this process or another, holds the lock; false where that is not known. */
bool results_locked(const char *path);

/** Gives the lock back; -1 is allowed. */
void results_unlock(int lock);
