/**
 * @file
 * Where the rows of a merged results file come from.
 */
#pragma once

#include "document/document.h"
#include "store/reader.h"

enum { MERGED_ROWS_SHOWN = 100 };

/** Appends a table of the parts that the file was merged from, without rows if it was not. People
 * see the first MERGED_ROWS_SHOWN; text has a line instead for each of a few, if `lines`. */
enum status merged_parts(const struct results_reader *reader, bool lines, struct document *document,
                         struct error *error) CHECKED;
