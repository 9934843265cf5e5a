#include "store/merge_index.h"

#include "store/format.h"

#include <stdlib.h>
#include <string.h>

enum { SLAB_ROWS = 1 << 14 };

static int64_t merge_index_row_of(const struct merge_index *index, const uint64_t *hash) {
    size_t probe = (size_t)hash[0];
    return hash_table_next(&index->table, hash, &probe);
}

static void merge_index_add(struct merge_index *index, const uint64_t *hashes, int64_t count) {
    for (int64_t i = 0; i < count; i++) {
        const uint64_t *hash = hashes + i * HASH_WORDS;
        if (merge_index_row_of(index, hash) == HASH_TABLE_NO_ROW) {
            memcpy(index->hashes + index->row_count * HASH_WORDS, hash, HASH_WORDS * sizeof *hash);
            hash_table_add(&index->table, index->row_count++);
        }
    }
}

enum status merge_index_make(const struct merge_input *inputs, size_t count, struct arena *arena,
                             struct merge_index *index, struct error *error) {
    int64_t most = 0;
    uint64_t *slab;
    for (size_t k = 0; k < count; k++) {
        most += inputs[k].reader->job_count;
    }
    *index = (struct merge_index){0};
    TRY(ARENA_NEW(arena, slab, SLAB_ROWS * HASH_WORDS, error));
    TRY(ARENA_NEW(arena, index->hashes, most * HASH_WORDS, error));
    TRY(hash_table_make(arena, index->hashes, most, &index->table, error));
    for (size_t k = 0; k < count; k++) {
        const struct results_reader *reader = inputs[k].reader;
        for (int64_t first = 0; first < reader->job_count; first += SLAB_ROWS) {
            int64_t left = reader->job_count - first;
            int64_t rows = left < SLAB_ROWS ? left : SLAB_ROWS;
            TRY(reader_column(reader, VARIABLE_HASH, HDF_UINT64, first, rows, slab, error));
            merge_index_add(index, slab, rows);
        }
    }
    return STATUS_OK;
}

static int merge_index_by_row(const void *left, const void *right) {
    const struct merge_target *a = left;
    const struct merge_target *b = right;
    int by_target = (a->row > b->row) - (a->row < b->row);
    return by_target != 0 ? by_target : (a->index > b->index) - (a->index < b->index);
}

void merge_index_targets(const struct merge_index *index, const uint64_t *hashes, int64_t count,
                         struct merge_target *targets) {
    for (int64_t i = 0; i < count; i++) {
        targets[i] = (struct merge_target){merge_index_row_of(index, hashes + i * HASH_WORDS), i};
    }
    qsort(targets, (size_t)count, sizeof *targets, merge_index_by_row);
}
