/**
 * @file
 * Which rows of a results file are finished, and how often their jobs crashed. Serial, read-only,
 * while others may write; not collective.
 */
#pragma once

#include "store/reader.h"
#include "store/row.h"

/**
 * Reads the state of every row, states[reader->job_count] of enum row_state. A finished row whose
 * checksum is wrong is ROW_MISSING; *torn is the number of such rows.
 */
enum status states_read(const struct results_reader *reader, uint8_t *states, int64_t *torn,
                        struct error *error) CHECKED;

/**
 * The same for every job of the sweep, states[jobs]: ROW_ELSEWHERE where a job's row is in another
 * shard's file. STATUS_BAD_INPUT when the file lacks a variable of the layout.
 */
enum status results_states(const char *path, const struct results_layout *layout, uint8_t *states,
                           int64_t *torn, struct error *error) CHECKED;

/**
 * Reads how often a process crashed while training each job, attempts[jobs], and where the counters
 * lie: that of row r is the byte at *place + r of the file, so that a signal handler may raise it
 * with pwrite(2).
 */
enum status results_attempts(const char *path, uint8_t *attempts, off_t *place,
                             struct error *error) CHECKED;
