/**
 * @file
 * What a table says besides its numbers: how many jobs are in the means, and which are not.
 */
#pragma once

#include "aggregate/table.h"

#include <stdio.h>

/** "NAME [UNIT]", or "NAME" alone without a unit. NULL with the error set without memory, as all
 * that follow; texts belong to the arena. */
const char *totals_heading(struct arena *arena, const char *name, const char *unit,
                           struct error *error) CHECKED;

/** "2 missing, 1 diverged", or "". */
const char *totals_absent(const struct table_count *rows, struct arena *arena,
                          struct error *error) CHECKED;

/** "10 of 12 jobs done; not in the means: 2 missing". */
const char *totals_text(const struct table *table, struct arena *arena,
                        struct error *error) CHECKED;

/** Prints, without an end of line, of how many sweeps the jobs are. For files with jobs of more
 * than one. */
void totals_print_sweeps(const struct table *table, FILE *stream);

/** Lists what else there is to say: that jobs are of several sweeps, that some are in several
 * cases, and which scores are undefined for some of them. Texts belong to the arena. */
enum status totals_remarks(const struct table *table, struct arena *arena, const char ***remarks,
                           size_t *count, struct error *error) CHECKED;

/** An account of a picture, with "; X is undefined for 2 done jobs" for every score of the table
 * that is. NULL with the error set without memory. */
const char *totals_undefined(const struct table *table, const char *account, struct arena *arena,
                             struct error *error) CHECKED;
