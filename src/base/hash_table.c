#include "base/hash_table.h"

#include <string.h>
#include <xxhash.h>

enum { MIN_CAPACITY = 64, SLOTS_PER_KEY = 2 };

static enum status hash_table_make_room(struct hash_table *table, size_t capacity,
                                        struct error *error) {
    unsigned char *keys;
    TRY(ARENA_NEW(table->arena, keys, capacity * table->key_bytes, error));
    if (table->count > 0) {
        memcpy(keys, table->keys, table->count * table->key_bytes);
    }
    table->keys = keys;
    table->capacity = capacity;
    table->slot_count = SLOTS_PER_KEY;
    while (table->slot_count < SLOTS_PER_KEY * capacity) {
        table->slot_count *= 2;
    }
    return ARENA_NEW(table->arena, table->slots, table->slot_count, error);
}

/* The slot that has the key, or the empty one where it belongs. */
static size_t *hash_table_slot_of(const struct hash_table *table, const void *key) {
    size_t mask = table->slot_count - 1;
    size_t at = (size_t)XXH3_64bits(key, table->key_bytes) & mask;
    while (table->slots[at] != 0 &&
           memcmp(hash_table_key(table, table->slots[at] - 1), key, table->key_bytes) != 0) {
        at = (at + 1) & mask;
    }
    return &table->slots[at];
}

static enum status hash_table_grow(struct hash_table *table, struct error *error) {
    TRY(hash_table_make_room(table, 2 * table->capacity, error));
    for (size_t i = 0; i < table->count; i++) {
        *hash_table_slot_of(table, hash_table_key(table, i)) = i + 1;
    }
    return STATUS_OK;
}

enum status hash_table_make(struct hash_table *table, size_t key_bytes, size_t expected,
                            struct arena *arena, struct error *error) {
    *table = (struct hash_table){.key_bytes = key_bytes, .arena = arena};
    return hash_table_make_room(table, expected < MIN_CAPACITY ? MIN_CAPACITY : expected, error);
}

enum status hash_table_add(struct hash_table *table, const void *key, size_t *number,
                           struct error *error) {
    size_t *slot = hash_table_slot_of(table, key);
    if (*slot == 0) {
        if (table->count == table->capacity) {
            TRY(hash_table_grow(table, error));
            slot = hash_table_slot_of(table, key);
        }
        memcpy(table->keys + table->count * table->key_bytes, key, table->key_bytes);
        *slot = ++table->count;
    }
    *number = *slot - 1;
    return STATUS_OK;
}

bool hash_table_find(const struct hash_table *table, const void *key, size_t *number) {
    const size_t slot = *hash_table_slot_of(table, key);
    if (slot != 0) {
        *number = slot - 1;
    }
    return slot != 0;
}

const unsigned char *hash_table_key(const struct hash_table *table, size_t number) {
    return table->keys + number * table->key_bytes;
}
