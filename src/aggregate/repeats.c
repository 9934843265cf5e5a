#include "aggregate/repeats.h"

#include "store/format.h"

#include <stdlib.h>
#include <string.h>

struct key_value {
    uint64_t hash[HASH_WORDS];
    int64_t row;
};

static int repeats_compare(const void *left, const void *right) {
    const struct key_value *a = left;
    const struct key_value *b = right;
    for (size_t k = 0; k < HASH_WORDS; k++) {
        if (a->hash[k] != b->hash[k]) {
            return a->hash[k] < b->hash[k] ? -1 : 1;
        }
    }
    return (a->row > b->row) - (a->row < b->row);
}

static enum status repeats_sorted_entries(const struct results_reader *reader, struct arena *arena,
                                          struct key_value **entries, struct error *error) {
    uint64_t *hashes;
    TRY(ARENA_NEW(arena, hashes, reader->job_count * HASH_WORDS, error));
    TRY(ARENA_NEW(arena, *entries, reader->job_count, error));
    TRY(reader_column(reader, VARIABLE_HASH, HDF_UINT64, 0, reader->job_count, hashes, error));
    for (int64_t row = 0; row < reader->job_count; row++) {
        memcpy((*entries)[row].hash, hashes + row * HASH_WORDS, sizeof(*entries)[row].hash);
        (*entries)[row].row = row;
    }
    qsort(*entries, (size_t)reader->job_count, sizeof **entries, repeats_compare);
    return STATUS_OK;
}

enum status repeats_mark(const struct results_reader *reader, uint8_t *states, int64_t *count,
                         struct error *error) {
    struct arena arena = {0};
    struct key_value *entries;
    *count = 0;
    enum status status = repeats_sorted_entries(reader, &arena, &entries, error);
    const struct key_value *first = NULL; /* the first row of its job that is done */
    for (int64_t k = 0; status == STATUS_OK && k < reader->job_count; k++) {
        const struct key_value *entry = &entries[k];
        bool same = first != NULL && memcmp(first->hash, entry->hash, sizeof entry->hash) == 0;
        if (same) {
            states[entry->row] = ROW_REPEATED;
            (*count)++;
        } else if (states[entry->row] == ROW_DONE) {
            first = entry;
        }
    }
    arena_free(&arena);
    return status;
}
