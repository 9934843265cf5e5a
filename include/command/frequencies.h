/**
 * @file
 * Options that make samples the steps of a sequence, and sources oscillations.
 */
#pragma once

#include "command/options.h"
#include "score/score.h"

/**
 * Reads --frequencies and --time-step into *input, which has its samples and sources already; its
 * frequencies stay NULL where neither is given. STATUS_BAD_INPUT where one is missing, where they
 * are not as many as the sources, of which `name` is the file, or where a number is out of range.
 */
enum status frequency_options(const struct arguments *arguments, const char *name,
                              struct arena *arena, struct score_input *input,
                              struct error *error) CHECKED;
