/**
 * @file
 * Words of a shell's command line.
 */
#pragma once

#include "base/arena.h"

/** The word as a POSIX shell has to read it to mean just that: as it is where nothing in it is
 * special, else in single quotes. Owned by the arena; NULL with the error set without memory. */
const char *shell_word(struct arena *arena, const char *word, struct error *error) CHECKED;
