/**
 * @file
 * The top level of a sweep: what it is called, how often it is repeated, what it scores and saves.
 */
#pragma once

#include "parameter/value.h"
#include "sweep/key_values.h"
#include "sweep/sweep.h"

/** Settings of the top level, apart from cases and scores. */
struct root_settings {
    const char *name;
    int64_t seed;
    int64_t replicates;
    int64_t samples;      /**< of !uniform axes without a number of their own; 0: none */
    struct integers save; /**< bit numbers of enum save_flags */
};

/** Declares the top level; settings are struct root_settings. */
extern const struct component root_component;

/** Name of top-level key `index`, `cases` and `scores` among them; NULL past the end. */
const char *root_key_name(size_t index);

/** Whether it is a top-level key. */
bool root_key_exists(const char *name);

/**
 * Reads name, seed, replicates, scores and save into the sweep, and *samples. STATUS_BAD_INPUT,
 * with the place, for wrong values, unknown scores and duplicates.
 */
enum status root_keys_read(struct value_reader *reader, const struct key_values *pairs,
                           struct sweep *sweep, int64_t *samples, struct error *error) CHECKED;
