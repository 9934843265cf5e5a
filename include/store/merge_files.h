/**
 * @file
 * Opens the files that a merge reads, each once. For the room store only; serial.
 */
#pragma once

#include "store/merge_input.h"

/** STATUS_BAD_INPUT when `output` exists or is one of the files. */
enum status merge_files_check_output(const char *output, const char *const *paths, size_t count,
                                     struct error *error) CHECKED;

/**
 * Opens the readers of the files. STATUS_BAD_INPUT when one is no results file, STATUS_SYSTEM when
 * the system allows too few open files. merge_files_close in every case; the list belongs to the
 * arena.
 */
enum status merge_files_open(const char *const *paths, size_t count, struct arena *arena,
                             struct merge_inputs *inputs, struct error *error) CHECKED;

/** Closes the readers. */
void merge_files_close(struct merge_inputs *inputs);
