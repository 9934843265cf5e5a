/**
 * @file
 * A queue that gives the entry of the least key first: a binary heap.
 */
#pragma once

#include "base/arena.h"

#include <stdint.h>

struct heap_entry {
    double key;
    int64_t order; /**< entries of one key come in the order in which they were added */
    int64_t item;  /**< the caller's */
};

struct heap {
    struct heap_entry *entries;
    size_t count;
    int64_t added;
};

/** An empty heap with room for `most` entries, from the arena. */
enum status heap_make(struct heap *heap, struct arena *arena, size_t most,
                      struct error *error) CHECKED;

/** Adds an entry; there must be room. */
void heap_add(struct heap *heap, double key, int64_t item);

/** The least key, infinity when there is none. */
double heap_least(const struct heap *heap);

/** Takes the entry of the least key out; there must be one. */
struct heap_entry heap_take(struct heap *heap);
