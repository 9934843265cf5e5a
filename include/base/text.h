/**
 * @file
 * Suggestions, lists and numbers as text.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * The candidate nearest to `word` by edit distance (letters inserted, removed, replaced or swapped
 * with their neighbour), or NULL when none is near enough for a typing error.
 */
const char *text_nearest(const char *word, const char *const *candidates, size_t count);

/** The ending of a noun after a count of any integer type: "s", or "" for 1. */
#define TEXT_PLURAL(count) ((count) == 1 ? "" : "s")

enum { TEXT_SUGGESTION_BYTES = 128 };

/**
 * The nearest candidate between `before` and `after`, such as "; did you mean '" and "'?"; "" when
 * none is near. Returns the buffer.
 */
const char *text_suggestion(const char *before, const char *word, const char *const *candidates,
                            size_t count, const char *after,
                            char buffer[static TEXT_SUGGESTION_BYTES]);

/** "a, b, c", cut off at the end of the buffer of `bytes` bytes (1 or more). Returns the buffer. */
const char *text_list(const char *const *words, size_t count, char *buffer, size_t bytes);

/** Whether `text` ends in `ending`. */
bool text_ends_with(const char *text, const char *ending);

/** The decimal text of fewest digits that reads back as the same double ("0.1", "100", "1e-05",
 * "nan"). */
const char *text_of_real(double value, char buffer[static 32]);

/**
 * Whether all of `text` is a whole number from `least` (0 or more) to `most`; only then *number is
 * set. Leading blanks and a plus sign are allowed.
 */
bool text_integer(const char *text, int64_t least, int64_t most, int64_t *number);

/** Whether *text begins with the digits of such a number; only then *number is set and *text moved
 * past them. */
bool text_integer_from(const char **text, int64_t least, int64_t most, int64_t *number);

/** Whether all of `text` is a finite number from `least` to `most`; only then *number is set.
 * Leading blanks are allowed. */
bool text_real(const char *text, double least, double most, double *number);
