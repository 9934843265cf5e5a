/**
 * @file
 * Any text as one word of a batch script.
 */
#pragma once

#include "base/error.h"

#include <stdio.h>

/** STATUS_BAD_INPUT, naming `what`, when the text has a control character: no line can hold it. */
enum status quote_check(const char *what, const char *text, struct error *error) CHECKED;

/** Writes the text as one word of a shell, in quotes unless it needs none. */
void quote_shell(FILE *file, const char *text);

/** Writes the text as one word of an #SBATCH line, whose quotes are not a shell's. */
void quote_sbatch(FILE *file, const char *text);

/** Writes a path as part of a file name of sbatch --output, where % has a meaning. */
void quote_pattern(FILE *file, const char *path);
