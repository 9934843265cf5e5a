/**
 * @file
 * The lock that keeps a second run from writing a results file.
 */
#pragma once

#include "base/error.h"

#include <stdbool.h>

/**
 * Locks the file for this process, rank 0 of a run, until results_unlock or until the process ends.
 * Readers need no lock. STATUS_STORAGE when another run holds the lock. On a file system without
 * locks *lock is -1 and the run continues.
 */
enum status results_lock(const char *path, int *lock, struct error *error) CHECKED;

/** Whether any run holds the lock; false where the file system cannot tell. */
bool results_locked(const char *path);

/** Releases the lock; -1 is allowed. */
void results_unlock(int lock);
