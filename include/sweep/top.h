/**
 * @file
 * The top level of a sweep: what it is called, how often it is repeated, what it scores and saves.
 */
#pragma once

#include "sweep/entry.h"
#include "sweep/sweep.h"
#include "parameter/value.h"

/** Settings of the top level, apart from cases and scores. */
struct top_settings {
    const char *name;
    int64_t seed;
    int64_t replicates;
    int64_t samples;      /**< of !uniform axes without a number of their own; 0: none */
    struct integers save; /**< bit numbers of enum save_flags */
};

/** Declares the top level; settings are struct top_settings. */
extern const struct component top_component;

/** Name of top-level key `index`, `cases` and `scores` among them; NULL past the end. */
const char *top_name(size_t index);

/** Whether it is a top-level key. */
bool top_knows(const char *name);

/**
 * Reads name, seed, replicates, scores and save into the sweep, and *samples. STATUS_BAD_INPUT,
 * with the place, for wrong values, unknown scores and duplicates.
 */
enum status top_read(struct value_reader *reader, const struct entries *entries,
                     struct sweep *sweep, int64_t *samples, struct error *error) CHECKED;
