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
 * Where a word would pass WRAP_COLUMNS it goes on in a new line, indented by `indent`. A word too
 * long for any line stands alone and passes the end.
 */
void wrap_print(FILE *stream, size_t column, size_t indent, const char *text);
