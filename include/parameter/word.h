/**
 * @file
 * Values of parameters given as words of a command line: the same declarations, ranges and messages
 * as for the YAML of sweeps (parameter/value.h).
 */
#pragma once

#include "base/arena.h"
#include "parameter/parameter.h"

/**
 * Reads a word as a value of the parameter and stores it in its field of `settings`. Lists are
 * split at commas; an empty word is an empty list. PARAMETER_REPEATED adds the word, or its
 * numbers, to those of earlier calls. PARAMETER_FLAG needs no word (NULL) and stores true. `label`
 * names the option in messages ("--notice"). Files are neither opened nor resolved against a
 * folder. Lists belong to the arena; `word` must outlive `settings`. STATUS_BAD_INPUT as
 * value_read, without a place.
 */
enum status word_read(const struct parameter *parameter, const char *label, const char *word,
                      struct arena *arena, void *settings, struct error *error) CHECKED;

/**
 * Stores the defaults of `count` parameters, which are words as for word_read. Fields of parameters
 * without a default (`fallback` is NULL) stay as they are.
 */
enum status word_defaults(const struct parameter *parameters, size_t count, struct arena *arena,
                          void *settings, struct error *error) CHECKED;
