/**
 * @file
 * What a table says besides its numbers: how many jobs are in the means, and which are not.
 */
#pragma once

#include "aggregate/table.h"

#include <stdio.h>

/** "NAME [UNIT]", or "NAME" alone without a unit. The arena owns this text and those that follow.
 */
enum status totals_heading(struct arena *arena, const char *name, const char *unit,
                           const char **text, struct error *error) CHECKED;

/** "2 missing, 1 diverged", or "". */
enum status totals_absent(const struct table_count *rows, struct arena *arena, const char **text,
                          struct error *error) CHECKED;

/** "10 of 12 jobs done; not in the means: 2 missing". */
enum status totals_text(const struct table *table, struct arena *arena, const char **text,
                        struct error *error) CHECKED;

/** Prints, without an end of line, of how many sweeps the jobs are. For files with jobs of more
 * than one. */
void totals_print_sweeps(const struct table *table, FILE *stream);

/** Lists what else there is to say: that jobs are of several sweeps, that some are in several
 * cases, and which scores are undefined for some of them. Texts belong to the arena. */
enum status totals_remarks(const struct table *table, struct arena *arena, const char ***remarks,
                           size_t *count, struct error *error) CHECKED;

/** Appends "; X is undefined for 2 done jobs" to a picture's account, for every score of the table
 * that is. */
enum status totals_undefined(const struct table *table, struct arena *arena, const char **account,
                             struct error *error) CHECKED;
