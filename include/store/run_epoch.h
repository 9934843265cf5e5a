/**
 * @file
 * The number of the run that may write a results file (the variable `incarnations` of the file).
 * Every run takes the next number, and a row carries the number of the run that wrote it. When a
 * rank of an earlier run is still alive, because only the scheduler lost its node, it finds a later
 * number in the file and stops writing.
 */
#pragma once

#include "store/hdf.h"

#include <sys/types.h>

/** Creates the variable with the number 0. */
enum status run_epoch_create(hid_t file, struct error *error) CHECKED;

/** Where the number lies in the file, in bytes from its start. */
enum status run_epoch_place(hid_t file, off_t *place, struct error *error) CHECKED;

/**
 * Takes the next number for a run, and waits for the disk. The caller holds the file's lock, or
 * makes the run that holds it stop. Not collective.
 */
enum status run_epoch_take(const char *path, int64_t *number, struct error *error) CHECKED;

/** STATUS_STORAGE when the file's number is not `number`: another run has taken over. */
enum status run_epoch_check(int descriptor, off_t place, int64_t number,
                            struct error *error) CHECKED;
