/**
 * @file
 * Any text as one word of a shell's command line.
 */
#pragma once

#include "base/arena.h"

#include <stdbool.h>

/** Whether a text means itself unquoted: it is not empty and holds only letters, digits and signs
 * that are special neither to a shell nor to sbatch. */
bool shell_quote_is_plain(const char *text);

/** Points *word at the text as a POSIX shell reads it: unchanged where it is plain, else in single
 * quotes. It belongs to the arena, or is the text itself. STATUS_NO_MEMORY. */
enum status shell_quote(struct arena *arena, const char *text, const char **word,
                        struct error *error) CHECKED;
