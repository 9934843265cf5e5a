/**
 * @file
 * The notes that a results file, or a part of a merged one, keeps of its runs: when each began and
 * ended, on how many ranks and which hosts. There are RUN_SLOTS of them, so that no metadata
 * changes after the file was created. Serial; results_note_run writes one.
 */
#pragma once

#include "store/reader.h"
#include "store/row.h"

/** Creates the variables, empty, in a file or a group of it. */
enum status runs_create(hid_t group, struct error *error) CHECKED;

/** Reads the notes, notes[RUN_SLOTS], oldest first, from the group of a file of that format
 * version; *count tells how many there are. */
enum status runs_read(hid_t group, uint64_t version, struct run_note *notes, size_t *count,
                      struct error *error) CHECKED;

/** The first unused slot of a file; the last one when all are used. */
enum status runs_next_slot(const char *path, int64_t *slot, struct error *error) CHECKED;
