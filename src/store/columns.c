#include "store/metadata.h"

#include "store/blueprint.h"
#include "store/format.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { SLAB_ROWS = 1 << 14, DIMENSION_NAME_BYTES = 32 };

static const int64_t no_integer = ABSENT_INTEGER;

static int64_t slab_rows(const struct sweep *sweep, int64_t first) {
    int64_t left = sweep->job_count - first;
    return left < SLAB_ROWS ? left : SLAB_ROWS;
}

enum hdf_storage metadata_column_storage(const struct axis_column *column) {
    return column->type == PARAMETER_INTEGER ? HDF_INT64
           : column->type == PARAMETER_REAL  ? HDF_FLOAT64
                                             : HDF_LETTER;
}

static enum status fill_reals(hid_t dataset, const struct sweep *sweep, size_t column,
                              struct arena *arena, struct error *error) {
    double *values;
    TRY(ARENA_NEW(arena, values, SLAB_ROWS, error));
    for (int64_t first = 0; first < sweep->job_count; first += SLAB_ROWS) {
        int64_t count = slab_rows(sweep, first);
        for (int64_t i = 0; i < count; i++) {
            values[i] = sweep_column_number(sweep, column, first + i);
        }
        TRY(hdf_write_rows(dataset, HDF_FLOAT64, first, count, values, error));
    }
    return STATUS_OK;
}

/* Marks absent values only where there are some: readers turn marked integers into reals. */
static enum status fill_integers(hid_t dataset, const struct sweep *sweep, size_t column,
                                 struct arena *arena, struct error *error) {
    int64_t *values;
    TRY(ARENA_NEW(arena, values, SLAB_ROWS, error));
    bool some_absent = false;
    for (int64_t first = 0; first < sweep->job_count; first += SLAB_ROWS) {
        int64_t count = slab_rows(sweep, first);
        for (int64_t i = 0; i < count; i++) {
            double value = sweep_column_number(sweep, column, first + i);
            values[i] = isnan(value) ? no_integer : (int64_t)value;
            some_absent |= isnan(value);
        }
        TRY(hdf_write_rows(dataset, HDF_INT64, first, count, values, error));
    }
    return some_absent
               ? hdf_write_attribute(dataset, "_FillValue", HDF_INT64, 1, &no_integer, error)
               : STATUS_OK;
}

static enum status fill_texts(hid_t dataset, const struct sweep *sweep, size_t column,
                              size_t letters, struct arena *arena, struct error *error) {
    char *values;
    char *text;
    TRY(ARENA_NEW(arena, values, SLAB_ROWS * letters, error));
    TRY(ARENA_NEW(arena, text, letters + 1, error));
    for (int64_t first = 0; first < sweep->job_count; first += SLAB_ROWS) {
        int64_t count = slab_rows(sweep, first);
        for (int64_t i = 0; i < count; i++) {
            memset(text, 0, letters + 1);
            sweep_column_text(sweep, column, first + i, text, letters + 1);
            size_t length = strlen(text);
            char *row = values + (size_t)i * letters;
            memcpy(row, text, length);
            memset(row + length, 0, letters - length);
        }
        TRY(hdf_write_rows(dataset, HDF_LETTER, first, count, values, error));
    }
    return STATUS_OK;
}

static enum status add_column(hid_t file, const struct sweep *sweep, size_t index,
                              struct arena *arena, struct error *error) {
    const struct axis_column *column = &sweep->columns[index];
    const struct extent job = {DIMENSION_JOB, (size_t)sweep->job_count};
    const enum hdf_storage storage = metadata_column_storage(column);
    char name[DIMENSION_NAME_BYTES];
    const struct extent letters = {name, column->text_bytes > 0 ? column->text_bytes : 1};
    (void)snprintf(name, sizeof name, "text_%zu", letters.length);
    struct blueprint blueprint = {column->key, storage, column->unit, column->help, 1, {job}};
    if (storage == HDF_LETTER) {
        blueprint = blueprint_of_text(column->key, column->help, job, &letters);
    }
    hid_t dataset;
    TRY(blueprint_create(file, &blueprint, &dataset, error));
    enum status status = storage == HDF_INT64 ? fill_integers(dataset, sweep, index, arena, error)
                         : storage == HDF_FLOAT64
                             ? fill_reals(dataset, sweep, index, arena, error)
                             : fill_texts(dataset, sweep, index, letters.length, arena, error);
    hdf_close(dataset);
    return status;
}

static enum status fill_identities(hid_t replicate, hid_t hash, const struct sweep *sweep,
                                   struct arena *arena, struct error *error) {
    int64_t *replicates;
    uint64_t *words;
    TRY(ARENA_NEW(arena, replicates, SLAB_ROWS, error));
    TRY(ARENA_NEW(arena, words, SLAB_ROWS * HASH_WORDS, error));
    for (int64_t first = 0; first < sweep->job_count; first += SLAB_ROWS) {
        int64_t count = slab_rows(sweep, first);
        for (int64_t i = 0; i < count; i++) {
            struct job job;
            sweep_job(sweep, first + i, &job);
            replicates[i] = job.replicate;
            memcpy(words + i * HASH_WORDS, job.hash.words, sizeof job.hash.words);
        }
        TRY(hdf_write_rows(replicate, HDF_INT64, first, count, replicates, error));
        TRY(hdf_write_rows(hash, HDF_UINT64, first, count, words, error));
    }
    return STATUS_OK;
}

static enum status add_identities(hid_t file, const struct sweep *sweep, struct arena *arena,
                                  struct error *error) {
    const struct extent job = {DIMENSION_JOB, (size_t)sweep->job_count};
    const struct extent word = {DIMENSION_WORD, HASH_WORDS};
    const struct blueprint blueprints[] = {
        {VARIABLE_REPLICATE, HDF_INT64, "1", "number of the repetition", 1, {job}},
        {VARIABLE_HASH, HDF_UINT64, "", "what identifies the job", 2, {job, word}},
    };
    hid_t replicate;
    hid_t hash = H5I_INVALID_HID;
    TRY(blueprint_create(file, &blueprints[0], &replicate, error));
    enum status status = blueprint_create(file, &blueprints[1], &hash, error);
    status = status == STATUS_OK ? fill_identities(replicate, hash, sweep, arena, error) : status;
    hdf_close(hash);
    hdf_close(replicate);
    return status;
}

enum status metadata_columns(hid_t file, const struct sweep *sweep, struct error *error) {
    const struct extent job = {DIMENSION_JOB, (size_t)sweep->job_count};
    struct arena arena = {0};
    enum status status = blueprint_indexed_dimension(file, &job, "row of a job", error);
    for (size_t i = 0; i < sweep->column_count && status == STATUS_OK; i++) {
        status = add_column(file, sweep, i, &arena, error);
        arena_reset(&arena);
    }
    status = status == STATUS_OK ? add_identities(file, sweep, &arena, error) : status;
    arena_free(&arena);
    return status;
}
