#include "store/columns.h"

#include "store/blueprint.h"
#include "store/format.h"
#include "store/slab.h"

#include <string.h>

enum status columns_create(hid_t file, const struct results_origin *origin, struct error *error) {
    const struct extent job = {DIMENSION_JOB, (size_t)shard_rows(&origin->shard)};
    const struct extent word = {DIMENSION_WORD, HASH_WORDS};
    const struct blueprint replicate = {VARIABLE_REPLICATE,         HDF_INT64, "1",
                                        "number of the repetition", 1,         {job}};
    const struct blueprint hash = {VARIABLE_HASH,        HDF_UINT64, "",
                                   "identifies the job", 2,          {job, word}};
    TRY(blueprint_job_dimension(file, &origin->shard, error));
    for (size_t i = 0; i < origin->axis_count; i++) {
        TRY(results_axis_create(file, &origin->axes[i], job, error));
    }
    TRY(blueprint_add(file, &replicate, error));
    return blueprint_add(file, &hash, error);
}

static enum status columns_fill_axis(hid_t file, const struct results_axis *axis,
                                     const struct shard *shard, const struct sweep *sweep,
                                     struct arena *arena, struct error *error) {
    const size_t bytes = results_axis_bytes(axis);
    unsigned char *values;
    char *text;
    bool some_absent = false;
    TRY(ARENA_NEW(arena, values, SLAB_ROWS * bytes, error));
    TRY(ARENA_NEW(arena, text, bytes + 1, error));
    for (struct slab slab = slab_first(shard_rows(shard), SLAB_ROWS); slab.count > 0;
         slab_next(&slab)) {
        for (int64_t i = 0; i < slab.count; i++) {
            unsigned char *value = values + (size_t)i * bytes;
            results_axis_value(axis, sweep, shard_job(shard, slab.first + i), text, value);
            some_absent |= results_axis_absent(axis, value);
        }
        TRY(hdf_write_rows(file, axis->key, axis->storage, slab.first, slab.count, values, error));
    }
    return some_absent ? results_axis_mark(file, axis, error) : STATUS_OK;
}

static enum status columns_fill_identities(hid_t file, const struct shard *shard,
                                           const struct sweep *sweep, struct arena *arena,
                                           struct error *error) {
    int64_t *replicates;
    uint64_t *words;
    TRY(ARENA_NEW(arena, replicates, SLAB_ROWS, error));
    TRY(ARENA_NEW(arena, words, SLAB_ROWS * HASH_WORDS, error));
    for (struct slab slab = slab_first(shard_rows(shard), SLAB_ROWS); slab.count > 0;
         slab_next(&slab)) {
        for (int64_t i = 0; i < slab.count; i++) {
            struct job job;
            sweep_job(sweep, shard_job(shard, slab.first + i), &job);
            replicates[i] = job.replicate;
            memcpy(words + i * HASH_WORDS, job.hash.words, sizeof job.hash.words);
        }
        TRY(hdf_write_rows(file, VARIABLE_REPLICATE, HDF_INT64, slab.first, slab.count, replicates,
                           error));
        TRY(hdf_write_rows(file, VARIABLE_HASH, HDF_UINT64, slab.first, slab.count, words, error));
    }
    return STATUS_OK;
}

enum status columns_fill(hid_t file, const struct results_origin *origin, const struct sweep *sweep,
                         struct error *error) {
    SCOPED(arena_free) struct arena arena = {0};
    for (size_t i = 0; i < origin->axis_count; i++) {
        TRY(columns_fill_axis(file, &origin->axes[i], &origin->shard, sweep, &arena, error));
        arena_reset(&arena);
    }
    return columns_fill_identities(file, &origin->shard, sweep, &arena, error);
}
