/**
 * @file
 * The keys of a sweep's top level.
 */
#pragma once

#include "parameter/parameter.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Settings of the top level, apart from cases and scores. */
struct root_settings {
    const char *name;
    int64_t seed;
    int64_t replicates;
    int64_t samples;      /**< length of !uniform axes that give none; 0: not given */
    struct integers save; /**< bit numbers of enum save_flags */
};

/** Declares the top level; settings are struct root_settings. */
extern const struct component root_component;

/** Name of top-level key `index`, `cases` and `scores` among them; NULL past the end. */
const char *root_key_name(size_t index);

/** Whether it is a top-level key. */
bool root_key_exists(const char *name);
