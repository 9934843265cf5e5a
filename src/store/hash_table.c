#include "store/hash_table.h"

#include "store/format.h"

#include <string.h>

enum { MIN_CAPACITY = 16 };

enum status hash_table_make(struct arena *arena, const uint64_t *hashes, int64_t most,
                            struct hash_table *table, struct error *error) {
    *table = (struct hash_table){.hashes = hashes, .capacity = MIN_CAPACITY};
    while (table->capacity < 2 * (size_t)most) {
        table->capacity *= 2;
    }
    TRY(ARENA_NEW(arena, table->rows, table->capacity, error));
    for (size_t i = 0; i < table->capacity; i++) {
        table->rows[i] = HASH_TABLE_NO_ROW;
    }
    return STATUS_OK;
}

void hash_table_add(const struct hash_table *table, int64_t row) {
    size_t at = (size_t)table->hashes[row * HASH_WORDS] & (table->capacity - 1);
    while (table->rows[at] != HASH_TABLE_NO_ROW) {
        at = (at + 1) & (table->capacity - 1);
    }
    table->rows[at] = row;
}

int64_t hash_table_next(const struct hash_table *table, const uint64_t *hash, size_t *probe) {
    for (;;) {
        int64_t row = table->rows[*probe & (table->capacity - 1)];
        (*probe)++;
        if (row == HASH_TABLE_NO_ROW ||
            memcmp(table->hashes + row * HASH_WORDS, hash, HASH_WORDS * sizeof *hash) == 0) {
            return row;
        }
    }
}
