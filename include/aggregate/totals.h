/**
 * @file
 * What goes beside a table: how many jobs are in the means, and why the others are not.
 */
#pragma once

#include "aggregate/table.h"

#include <stdio.h>

/** "NAME [UNIT]", or "NAME" if there is no unit; as all texts here, owned by the arena. */
enum status totals_heading(struct arena *arena, const char *name, const char *unit,
                           const char **heading, struct error *error) CHECKED;

/** "2 missing, 1 diverged", or "". */
enum status totals_absent(const struct table_count *rows, struct arena *arena, const char **text,
                          struct error *error) CHECKED;

/** "10 of 12 jobs done; not in the means: 2 missing". */
enum status totals_text(const struct table *table, struct arena *arena, const char **text,
                        struct error *error) CHECKED;

/** Done jobs in which the score is no finite number. */
int64_t totals_count_undefined(const struct table *table, size_t score);

/** Appends to a picture's account "; X is undefined for 2 done jobs" for every such score. */
enum status totals_undefined(const struct table *table, struct arena *arena, const char **account,
                             struct error *error) CHECKED;
