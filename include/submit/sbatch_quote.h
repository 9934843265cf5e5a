/**
 * @file
 * Any text in the lines of sbatch, whose rules are not a shell's. Results belong to the arena, or
 * are the text itself. STATUS_NO_MEMORY.
 */
#pragma once

#include "base/arena.h"

/** Points *word at the text as one word of an #SBATCH line. */
enum status sbatch_quote(struct arena *arena, const char *text, const char **word,
                         struct error *error) CHECKED;

/** Points *pattern at a path as part of a file name of sbatch --output, where % has a meaning. */
enum status sbatch_quote_pattern(struct arena *arena, const char *path, const char **pattern,
                                 struct error *error) CHECKED;
