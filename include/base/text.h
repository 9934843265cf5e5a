/**
 * @file
 * Small things with strings.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/**
 * The candidate nearest to `word` by edit distance (letters inserted, removed, replaced or swapped
 * with their neighbour), or NULL when none is near enough to be a slip of the pen.
 */
const char *text_nearest(const char *word, const char *const *candidates, size_t count);

/** Whether `text` ends in `ending`. */
bool text_ends_with(const char *text, const char *ending);

/** The decimal text of fewest digits that reads back as the same double ("0.1", "100", "1e-05",
 * "nan"). */
const char *text_of_real(double value, char buffer[static 32]);
