/**
 * @file
 * Reads the top level of a sweep: name, seed, replicates, samples, scores and save.
 */
#pragma once

#include "parameter/value.h"
#include "sweep/key_values.h"
#include "sweep/types.h"

/**
 * Reads name, seed, replicates, scores and save into the sweep, and *samples. STATUS_BAD_INPUT,
 * with the place, for wrong values, unknown scores and duplicates.
 */
enum status root_read(struct value_reader *reader, const struct key_values *pairs,
                      struct sweep *sweep, int64_t *samples, struct error *error) CHECKED;
