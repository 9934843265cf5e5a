/**
 * @file
 * A priority queue: a binary heap that yields the entry with the smallest key first.
 */
#pragma once

#include "base/arena.h"

#include <stdint.h>

struct heap_entry {
    double key;
    int64_t order; /**< breaks ties between equal keys: first come, first served */
    int64_t item;  /**< the caller's */
};

struct heap {
    struct heap_entry *entries;
    size_t count;
    int64_t added;
};

/** Makes an empty heap with room for `most` entries, in memory of the arena. */
enum status heap_make(struct heap *heap, struct arena *arena, size_t most,
                      struct error *error) CHECKED;

/** Adds an entry. There must be room. */
void heap_add(struct heap *heap, double key, int64_t item);

/** The smallest key; infinity when the heap is empty. */
double heap_least(const struct heap *heap);

/** Removes and returns the entry with the smallest key. The heap must not be empty. */
struct heap_entry heap_take(struct heap *heap);
