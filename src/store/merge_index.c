#include "store/merge_index.h"

#include "store/format.h"
#include "store/slab.h"

#include <stdlib.h>

static enum status merge_index_add(const struct results_reader *reader, uint64_t *hashes,
                                   struct hash_table *jobs, struct error *error) {
    size_t ignored;
    for (struct slab slab = slab_first(reader->job_count, SLAB_ROWS); slab.count > 0;
         slab_next(&slab)) {
        TRY(reader_column(reader, VARIABLE_HASH, HDF_UINT64, slab.first, slab.count, hashes,
                          error));
        for (int64_t i = 0; i < slab.count; i++) {
            TRY(hash_table_add(jobs, hashes + i * HASH_WORDS, &ignored, error));
        }
    }
    return STATUS_OK;
}

enum status merge_index_make(const struct merge_inputs *inputs, struct arena *arena,
                             struct hash_table *jobs, struct error *error) {
    int64_t most = 0;
    uint64_t *hashes;
    for (size_t k = 0; k < inputs->count; k++) {
        most += inputs->list[k].reader->job_count;
    }
    TRY(ARENA_NEW(arena, hashes, SLAB_ROWS * HASH_WORDS, error));
    TRY(hash_table_make(jobs, HASH_WORDS * sizeof *hashes, (size_t)most, arena, error));
    for (size_t k = 0; k < inputs->count; k++) {
        TRY(merge_index_add(inputs->list[k].reader, hashes, jobs, error));
    }
    return STATUS_OK;
}

static int merge_index_by_row(const void *left, const void *right) {
    const struct merge_target *a = left;
    const struct merge_target *b = right;
    int by_target = (a->row > b->row) - (a->row < b->row);
    return by_target != 0 ? by_target : (a->index > b->index) - (a->index < b->index);
}

void merge_index_targets(const struct hash_table *jobs, const uint64_t *hashes, int64_t count,
                         struct merge_target *targets) {
    for (int64_t i = 0; i < count; i++) {
        size_t row = 0;
        (void)hash_table_find(jobs, hashes + i * HASH_WORDS, &row);
        targets[i] = (struct merge_target){(int64_t)row, i};
    }
    qsort(targets, (size_t)count, sizeof *targets, merge_index_by_row);
}
