/**
 * @file
 * What a results file already holds, read before a run. Serial, read-only, while others may write.
 */
#pragma once

#include "store/layout.h"

#include <sys/types.h>

/**
 * Reads the state of every job of the sweep (states[jobs], enum row_state; ROW_ELSEWHERE where its
 * row is in another shard's file) and verifies checksums: a finished row whose checksum is wrong
 * counts as missing; *torn is their number. Not collective.
 */
enum status results_states(const char *path, const struct results_layout *layout, uint8_t *states,
                           int64_t *torn, struct error *error) CHECKED;

/** The first unused slot of the file's runs (the last one when all are used). Not collective. */
enum status results_next_run(const char *path, int64_t *slot, struct error *error) CHECKED;

/**
 * Reads how often a process died by a fault while training each job (attempts[jobs]), and where
 * that lies: the byte of row r is at *place + r in the file, so that a signal handler may raise it
 * with pwrite(2) on a plain descriptor. Not collective.
 */
enum status results_attempts(const char *path, uint8_t *attempts, off_t *place,
                             struct error *error) CHECKED;
