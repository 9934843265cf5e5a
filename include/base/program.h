/**
 * @file
 * Runs other programs and waits for them.
 */
#pragma once

#include "base/arena.h"

#include <stdbool.h>

/** How a program ended. Strings belong to the arena. */
struct program_outcome {
    bool absent;          /**< no such program was found; the rest is empty */
    int status;           /**< its exit status, or -1 when a signal ended it */
    const char *output;   /**< what it wrote to standard output */
    const char *messages; /**< what it wrote to standard error, without blanks at either end */
};

/**
 * Runs arguments[0], found through PATH, with the NULL-terminated `arguments` and `input` as its
 * standard input. Not to be called after MPI_Init. STATUS_SYSTEM when it cannot be run. A failure
 * of the program itself is no error here.
 */
enum status program_run(const char *const *arguments, const char *input, struct arena *arena,
                        struct program_outcome *outcome, struct error *error) CHECKED;
