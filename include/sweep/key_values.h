/**
 * @file
 * Keys and values of a sweep under dotted names, which --set and cases may replace.
 */
#pragma once

#include "parameter/node.h"

#include <stdbool.h>

/** A key and its value, each with its place. */
struct key_value {
    const char *key; /**< "data.points"; without a dot for a top-level key */
    const struct node *at;
    const struct node *value;
};

struct key_values {
    size_t count;
    struct key_value *items;
};

/**
 * Flattens a mapping: sections become dotted keys. `top` says whether top-level keys (name, seed,
 * …) are allowed. STATUS_BAD_INPUT, with the place, for an unknown section or top-level key and for
 * a duplicate.
 */
enum status key_values_read(const struct node *map, bool top, struct arena *arena,
                            struct key_values *pairs, struct error *error) CHECKED;

/** The pair with that key, or NULL. */
const struct key_value *key_values_find(const struct key_values *pairs, const char *key);

/** Removes the pair with that key, if there is one. */
void key_values_remove(struct key_values *pairs, const char *key);

/** Merges two sets: the pairs of `base`, replaced where `over` has the key, then the other pairs of
 * `over`. */
enum status key_values_merge(const struct key_values *base, const struct key_values *over,
                             struct arena *arena, struct key_values *merged,
                             struct error *error) CHECKED;
