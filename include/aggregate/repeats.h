/**
 * @file
 * Finds rows that repeat a job: cases of a sweep may overlap, and results count each job once.
 */
#pragma once

#include "store/reader.h"

/** In place of a row's state: the same job is done in an earlier row. */
enum { ROW_REPEATED = UINT8_MAX };

/** Sets states[job_count] of such rows to ROW_REPEATED; *count is their number. */
enum status repeats_mark(const struct results_reader *reader, uint8_t *states, int64_t *count,
                         struct error *error) CHECKED;
