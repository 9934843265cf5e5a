#include "store/metadata.h"

#include "store/blueprint.h"
#include "store/format.h"

#include <string.h>

enum { SLAB_ROWS = 1 << 14 };

static int64_t columns_slab_rows(int64_t rows, int64_t first) {
    int64_t left = rows - first;
    return left < SLAB_ROWS ? left : SLAB_ROWS;
}

static struct extent columns_job_extent(const struct results_origin *origin) {
    return (struct extent){DIMENSION_JOB, (size_t)shard_rows(&origin->shard)};
}

static enum status columns_add_axis(hid_t file, const struct results_axis *axis, struct extent job,
                                    struct error *error) {
    hid_t dataset;
    TRY(axis_create(file, axis, job, &dataset, error));
    hdf_close(dataset);
    return STATUS_OK;
}

enum status metadata_columns(hid_t file, const struct results_origin *origin, struct error *error) {
    const struct extent job = columns_job_extent(origin);
    const struct extent word = {DIMENSION_WORD, HASH_WORDS};
    const struct blueprint blueprints[] = {
        {VARIABLE_REPLICATE, HDF_INT64, "1", "number of the repetition", 1, {job}},
        {VARIABLE_HASH, HDF_UINT64, "", "what identifies the job", 2, {job, word}},
    };
    TRY(blueprint_job_dimension(file, &origin->shard, error));
    for (size_t i = 0; i < origin->axis_count; i++) {
        TRY(columns_add_axis(file, &origin->axes[i], job, error));
    }
    TRY(blueprint_add(file, &blueprints[0], error));
    return blueprint_add(file, &blueprints[1], error);
}

static enum status columns_fill_axis(hid_t dataset, const struct results_axis *axis,
                                     const struct shard *shard, const struct sweep *sweep,
                                     struct arena *arena, struct error *error) {
    const size_t bytes = axis_bytes(axis);
    unsigned char *values;
    char *text;
    bool some_absent = false;
    TRY(ARENA_NEW(arena, values, SLAB_ROWS * bytes, error));
    TRY(ARENA_NEW(arena, text, bytes + 1, error));
    for (int64_t first = 0; first < shard_rows(shard); first += SLAB_ROWS) {
        int64_t count = columns_slab_rows(shard_rows(shard), first);
        for (int64_t i = 0; i < count; i++) {
            unsigned char *value = values + (size_t)i * bytes;
            axis_value(axis, sweep, shard_job(shard, first + i), text, value);
            some_absent |= axis_absent(axis, value);
        }
        TRY(hdf_write_rows(dataset, axis->storage, first, count, values, error));
    }
    return some_absent ? axis_mark(dataset, error) : STATUS_OK;
}

static enum status columns_fill_identities(hid_t replicate, hid_t hash, const struct shard *shard,
                                           const struct sweep *sweep, struct arena *arena,
                                           struct error *error) {
    int64_t *replicates;
    uint64_t *words;
    TRY(ARENA_NEW(arena, replicates, SLAB_ROWS, error));
    TRY(ARENA_NEW(arena, words, SLAB_ROWS * HASH_WORDS, error));
    for (int64_t first = 0; first < shard_rows(shard); first += SLAB_ROWS) {
        int64_t count = columns_slab_rows(shard_rows(shard), first);
        for (int64_t i = 0; i < count; i++) {
            struct job job;
            sweep_job(sweep, shard_job(shard, first + i), &job);
            replicates[i] = job.replicate;
            memcpy(words + i * HASH_WORDS, job.hash.words, sizeof job.hash.words);
        }
        TRY(hdf_write_rows(replicate, HDF_INT64, first, count, replicates, error));
        TRY(hdf_write_rows(hash, HDF_UINT64, first, count, words, error));
    }
    return STATUS_OK;
}

static enum status fill_columns(hid_t file, const struct results_origin *origin,
                                const struct sweep *sweep, struct arena *arena,
                                struct error *error) {
    for (size_t i = 0; i < origin->axis_count; i++) {
        hid_t dataset;
        TRY(hdf_open_dataset(file, origin->axes[i].key, &dataset, error));
        enum status status =
            columns_fill_axis(dataset, &origin->axes[i], &origin->shard, sweep, arena, error);
        hdf_close(dataset);
        TRY(status);
        arena_reset(arena);
    }
    hid_t replicate;
    hid_t hash = H5I_INVALID_HID;
    TRY(hdf_open_dataset(file, VARIABLE_REPLICATE, &replicate, error));
    enum status status = hdf_open_dataset(file, VARIABLE_HASH, &hash, error);
    if (status == STATUS_OK) {
        status = columns_fill_identities(replicate, hash, &origin->shard, sweep, arena, error);
    }
    hdf_close(hash);
    hdf_close(replicate);
    return status;
}

enum status metadata_fill(hid_t file, const struct results_origin *origin,
                          const struct sweep *sweep, struct error *error) {
    struct arena arena = {0};
    enum status status = fill_columns(file, origin, sweep, &arena, error);
    arena_free(&arena);
    return status;
}
