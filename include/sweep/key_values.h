/**
 * @file
 * The keys of a sweep under their dotted names, with --set and cases applied.
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
 * Takes a mapping apart: sections become dotted keys. `top` says whether top-level keys (name,
 * seed, …) may stand here. STATUS_BAD_INPUT, with the place, for an unknown section or top-level
 * key and for a duplicate.
 */
enum status key_values_read(const struct node *map, bool top, struct arena *arena,
                            struct key_values *pairs, struct error *error) CHECKED;

/** The entry of that key, or NULL. */
const struct key_value *key_values_find(const struct key_values *pairs, const char *key);

/** Takes the entry of that key out, if it is there. */
void key_values_remove(struct key_values *pairs, const char *key);

/** base with the keys of `over` replaced in place, and then the other keys of `over`. */
enum status key_values_merge(const struct key_values *base, const struct key_values *over,
                             struct arena *arena, struct key_values *merged,
                             struct error *error) CHECKED;
