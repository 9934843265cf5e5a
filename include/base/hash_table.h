/**
 * @file
 * Numbers distinct byte strings of one length, in the order in which they are added.
 */
#pragma once

#include "base/arena.h"

#include <stdbool.h>

struct hash_table {
    size_t key_bytes;
    size_t count;
    size_t capacity;     /**< keys that fit before the table grows */
    unsigned char *keys; /**< [count][key_bytes] */
    size_t slot_count;   /**< a power of two, at least twice the capacity */
    size_t *slots;       /**< open addressing: number of the key + 1, or 0 */
    struct arena *arena;
};

/** Makes an empty table with room for `expected` keys; all memory comes from the arena. */
enum status hash_table_make(struct hash_table *table, size_t key_bytes, size_t expected,
                            struct arena *arena, struct error *error) CHECKED;

/** Tells a key's number, a new one if the key is not in the table yet. */
enum status hash_table_add(struct hash_table *table, const void *key, size_t *number,
                           struct error *error) CHECKED;

/** Whether the key is in the table; only then *number is set. */
bool hash_table_find(const struct hash_table *table, const void *key, size_t *number);

/** Key number `number`; valid until the arena is freed. */
const unsigned char *hash_table_key(const struct hash_table *table, size_t number);
