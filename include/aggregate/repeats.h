/**
 * @file
 * Jobs that stand in a results file more than once, since cases of a sweep may overlap: the union
 * of the cases holds each but once.
 */
#pragma once

#include "store/reader.h"

/** In place of a row's state: an earlier row holds the same job, done. */
enum { ROW_REPEATED = UINT8_MAX };

/** Sets states[job_count] of such rows to ROW_REPEATED; *count says how many. */
enum status repeats_mark(const struct results_reader *reader, uint8_t *states, int64_t *count,
                         struct error *error) CHECKED;
