/**
 * @file
 * `modsweep merge`: how far it is, what it took, and where a merged file's rows come from.
 */
#pragma once

#include "document/document.h"
#include "store/merge.h"
#include "store/reader.h"

/** What progress on a terminal keeps. */
struct merge_line {
    bool shown;    /**< standard error reaches a terminal */
    bool begun;    /**< something was drawn */
    double before; /**< clock_seconds of the last picture */
};

/** Progress on a terminal's standard error, and nothing elsewhere. */
struct merge_progress merge_line_begin(struct merge_line *line);

/** Wipes it away. */
void merge_line_end(const struct merge_line *line);

/** Appends what was merged into `output`. */
enum status merge_document(const struct merge_summary *summary, const char *output,
                           struct document *document, struct error *error) CHECKED;

enum { MERGE_PARTS_SHOWN = 100 };

/** Appends a table of the parts that the file was merged from, without rows if it was not. People
 * see the first MERGE_PARTS_SHOWN; text has a line instead for each of a few, if `lines`. */
enum status merge_parts(const struct results_reader *reader, bool lines, struct document *document,
                        struct error *error) CHECKED;
