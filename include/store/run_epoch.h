/**
 * @file
 * The number of the run that may write a results file. Every run takes the next one; a row carries
 * the number of the run that wrote it, and a rank of an earlier run that still lives (its node was
 * lost to the scheduler, not to itself) finds a later number in the file and writes no more.
 */
#pragma once

#include "store/hdf.h"

#include <sys/types.h>

/** Creates the number's variable, 0. For results_create. */
enum status run_epoch_create(hid_t file, struct error *error) CHECKED;

/** Where the number lies in the file, for a descriptor of one's own. */
enum status run_epoch_place(hid_t file, off_t *place, struct error *error) CHECKED;

/**
 * Takes the next number for a run, and waits for the disk. Under the file's lock, or to tell the
 * run that holds it to give up. Not collective.
 */
enum status run_epoch_take(const char *path, int64_t *number, struct error *error) CHECKED;

/** STATUS_STORAGE when the file's number is not `number`: another run has taken over. */
enum status run_epoch_check(int descriptor, off_t place, int64_t number,
                            struct error *error) CHECKED;
