/**
 * @file
 * Text broken into lines that fit a terminal.
 */
#pragma once

#include <stddef.h>
#include <stdio.h>

enum { WRAP_COLUMNS = 80 };

/**
 * Prints UTF-8 text and a line's end, starting at `column` (from 0, what the line already holds).
 * A word that would pass WRAP_COLUMNS starts a new line, indented by `indent`. A word too
 * long for any line is on a line of its own and passes the end.
 */
void wrap_print(FILE *stream, size_t column, size_t indent, const char *text);
