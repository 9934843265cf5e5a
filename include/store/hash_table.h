/**
 * @file
 * Rows by their job's hash: open addressing, at most half full. One hash may have several rows.
 * For the room store only.
 */
#pragma once

#include "base/arena.h"

#include <stdint.h>

enum { HASH_TABLE_NO_ROW = -1 };

struct hash_table {
    const uint64_t *hashes; /**< [row][HASH_WORDS] */
    int64_t *rows;          /**< [capacity] */
    size_t capacity;        /**< a power of two */
};

/** An empty table for at most `most` rows of `hashes`, in the arena. */
enum status hash_table_make(struct arena *arena, const uint64_t *hashes, int64_t most,
                            struct hash_table *table, struct error *error) CHECKED;

/** Adds a row, whose hash is in place. */
void hash_table_add(const struct hash_table *table, int64_t row);

/** The next row with that hash from *probe on (first: the hash's first word), or
 * HASH_TABLE_NO_ROW. */
int64_t hash_table_next(const struct hash_table *table, const uint64_t *hash, size_t *probe);
