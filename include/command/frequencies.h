/**
 * @file
 * Whether samples can be the steps of a sequence, and sources oscillations.
 */
#pragma once

#include "parameter/parameter.h"

/**
 * STATUS_BAD_INPUT when only one of --frequencies and --time-step (0: not given) is there, when
 * there is not one frequency for each of the sources, of which `name` is the file, and when a
 * frequency (in radians per unit of time) is too fast for steps of that length.
 */
enum status frequencies_check(const struct reals *frequencies, double time_step, const char *name,
                              size_t sources, struct error *error) CHECKED;
