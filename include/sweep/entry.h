/**
 * @file
 * The keys of a sweep under their dotted names, with --set and cases applied.
 */
#pragma once

#include "parameter/node.h"

#include <stdbool.h>

/** A key and its value, each with its place. */
struct entry {
    const char *key; /**< "data.points"; without a dot for a top-level key */
    const struct node *at;
    const struct node *value;
};

struct entries {
    size_t count;
    struct entry *items;
};

/**
 * Takes a mapping apart: sections become dotted keys. `top` says whether top-level keys (name,
 * seed, …) may stand here. STATUS_BAD_INPUT, with the place, for an unknown section or top-level
 * key and for a duplicate.
 */
enum status entries_read(const struct node *map, bool top, struct arena *arena,
                         struct entries *entries, struct error *error) CHECKED;

/** The entry of that key, or NULL. */
const struct entry *entries_find(const struct entries *entries, const char *key);

/** Takes the entry of that key out, if it is there. */
void entries_remove(struct entries *entries, const char *key);

/** base with the keys of `over` replaced in place, and then the other keys of `over`. */
enum status entries_merge(const struct entries *base, const struct entries *over,
                          struct arena *arena, struct entries *merged, struct error *error) CHECKED;
