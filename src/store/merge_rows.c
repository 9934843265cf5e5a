#include "store/merge_rows.h"

#include "store/format.h"
#include "store/merge_settings.h"

#include <string.h>

enum {
    SLAB_BYTES = 16 << 20,
    SLAB_ROWS_MAX = 1 << 16,
    /* Of a row: replicate, hash, state, attempts, steps, seconds, part, checksum, rounded up. */
    FIXED_BYTES = 64,
};

/* The columns of one number or hash a row. */
enum { FIXED_COUNT = 8 };

struct fixed_column {
    const char *name;
    enum hdf_storage storage;
    void *values;
};

static void merge_rows_fixed_columns(const struct merge_rows *rows,
                                     struct fixed_column columns[FIXED_COUNT]) {
    const struct fixed_column all[FIXED_COUNT] = {
        {VARIABLE_REPLICATE, HDF_INT64, rows->replicates},
        {VARIABLE_HASH, HDF_UINT64, rows->hashes},
        {VARIABLE_STATE, HDF_UINT8, rows->states},
        {VARIABLE_ATTEMPTS, HDF_UINT8, rows->attempts},
        {VARIABLE_STEPS, HDF_INT64, rows->steps},
        {VARIABLE_SECONDS, HDF_FLOAT64, rows->seconds},
        {VARIABLE_PART, HDF_INT64, rows->parts},
        {VARIABLE_CHECKSUM, HDF_UINT64, rows->checksums},
    };
    memcpy(columns, all, sizeof all);
}

int64_t merge_rows_room(const struct merge_schema *schema) {
    size_t bytes = schema->layout.record_bytes + FIXED_BYTES;
    for (size_t i = 0; i < schema->origin.axis_count; i++) {
        bytes += axis_bytes(&schema->origin.axes[i]);
    }
    size_t fitting = SLAB_BYTES / bytes;
    int64_t room = fitting > SLAB_ROWS_MAX ? SLAB_ROWS_MAX : (int64_t)fitting;
    int64_t rows = shard_rows(&schema->origin.shard);
    room = room < rows ? room : rows;
    return room < 1 ? 1 : room;
}

enum status merge_rows_make(const struct merge_schema *schema, int64_t room, size_t widest,
                            struct arena *arena, struct merge_rows *rows, struct error *error) {
    const struct results_origin *origin = &schema->origin;
    *rows = (struct merge_rows){.schema = schema, .room = room};
    TRY(ARENA_NEW(arena, rows->axes, origin->axis_count, error));
    for (size_t i = 0; i < origin->axis_count; i++) {
        TRY(ARENA_NEW(arena, rows->axes[i], (size_t)room * axis_bytes(&origin->axes[i]), error));
    }
    TRY(ARENA_NEW(arena, rows->replicates, room, error));
    TRY(ARENA_NEW(arena, rows->hashes, room * HASH_WORDS, error));
    TRY(ARENA_NEW(arena, rows->states, room, error));
    TRY(ARENA_NEW(arena, rows->attempts, room, error));
    TRY(ARENA_NEW(arena, rows->steps, room, error));
    TRY(ARENA_NEW(arena, rows->seconds, room, error));
    TRY(ARENA_NEW(arena, rows->parts, room, error));
    TRY(ARENA_NEW(arena, rows->checksums, room, error));
    TRY(ARENA_NEW(arena, rows->records, (size_t)room * schema->layout.record_bytes, error));
    rows->scratch = arena_allocate(arena, (size_t)room, widest, error);
    return rows->scratch == NULL ? error_status(error) : STATUS_OK;
}

/* Values of an axis of the input, or what its sweeps say of it. */
static enum status merge_rows_take_axis(const struct merge_rows *rows,
                                        const struct merge_input *input, size_t index,
                                        struct error *error) {
    const struct results_reader *reader = input->reader;
    const struct results_axis *axis = &rows->schema->origin.axes[index];
    const struct results_axis *own = reader_axis(reader, axis->key);
    if (own == NULL) {
        return merge_settings_fill(input, axis, rows->first, rows->count, rows->parts,
                                   rows->scratch, rows->axes[index], error);
    }
    TRY(reader_column(reader, axis->key, own->storage, rows->first, rows->count, rows->scratch,
                      error));
    axis_convert(own, rows->scratch, (size_t)rows->count, axis, rows->axes[index]);
    return STATUS_OK;
}

static enum status merge_rows_take_fixed(const struct merge_rows *rows,
                                         const struct merge_input *input, struct error *error) {
    struct fixed_column columns[FIXED_COUNT];
    merge_rows_fixed_columns(rows, columns);
    for (size_t i = 0; i < FIXED_COUNT; i++) {
        bool absent = columns[i].values == rows->parts && input->group_count == 0;
        if (!absent && columns[i].values != rows->states) {
            TRY(reader_column(input->reader, columns[i].name, columns[i].storage, rows->first,
                              rows->count, columns[i].values, error));
        }
    }
    memcpy(rows->states, input->states + rows->first, (size_t)rows->count);
    for (int64_t i = 0; i < rows->count; i++) {
        rows->parts[i] = merge_input_part(input, input->group_count == 0 ? 0 : rows->parts[i]);
    }
    return STATUS_OK;
}

enum status merge_rows_take(struct merge_rows *rows, const struct merge_input *input, int64_t first,
                            int64_t count, struct error *error) {
    rows->first = first;
    rows->count = count;
    TRY(merge_rows_take_fixed(rows, input, error)); /* parts tell what axes there are not */
    for (size_t i = 0; i < rows->schema->origin.axis_count; i++) {
        TRY(merge_rows_take_axis(rows, input, i, error));
    }
    return reader_records(input->reader, &rows->schema->layout, first, count, rows->scratch,
                          rows->records, error);
}

/* One variable of all records, gathered in scratch or scattered from it. */
static void merge_rows_exchange(const struct merge_rows *rows, const struct variable *variable,
                                bool gather) {
    const size_t bytes = variable_bytes(variable);
    for (int64_t i = 0; i < rows->count; i++) {
        unsigned char *value =
            rows->records + (size_t)i * rows->schema->layout.record_bytes + variable->offset;
        unsigned char *dense = (unsigned char *)rows->scratch + (size_t)i * bytes;
        memcpy(gather ? dense : value, gather ? value : dense, bytes);
    }
}

/* Reads or writes the rows of one variable of the merged file. */
static enum status merge_rows_transfer(const struct merge_rows *rows, hid_t file, const char *name,
                                       enum hdf_storage storage, bool write, void *values,
                                       struct error *error) {
    hid_t dataset;
    TRY(hdf_open_dataset(file, name, &dataset, error));
    enum status status =
        write ? hdf_write_rows(dataset, storage, rows->first, rows->count, values, error)
              : hdf_read_rows(dataset, storage, rows->first, rows->count, values, error);
    hdf_close(dataset);
    return status == STATUS_OK ? status : error_prefix(error, "%s", name);
}

static enum status merge_rows_transfer_all(const struct merge_rows *rows, hid_t file, bool write,
                                           struct error *error) {
    const struct merge_schema *schema = rows->schema;
    struct fixed_column columns[FIXED_COUNT];
    merge_rows_fixed_columns(rows, columns);
    for (size_t i = 0; i < schema->origin.axis_count; i++) {
        const struct results_axis *axis = &schema->origin.axes[i];
        TRY(merge_rows_transfer(rows, file, axis->key, axis->storage, write, rows->axes[i], error));
    }
    for (size_t i = 0; i < FIXED_COUNT; i++) {
        TRY(merge_rows_transfer(rows, file, columns[i].name, columns[i].storage, write,
                                columns[i].values, error));
    }
    for (size_t i = 0; i < schema->layout.variable_count; i++) {
        const struct variable *variable = &schema->layout.variables[i];
        if (write) {
            merge_rows_exchange(rows, variable, true);
        }
        TRY(merge_rows_transfer(rows, file, variable->name, hdf_storage_of(variable->type), write,
                                rows->scratch, error));
        if (!write) {
            merge_rows_exchange(rows, variable, false);
        }
    }
    return STATUS_OK;
}

enum status merge_rows_load(struct merge_rows *rows, hid_t file, int64_t first, int64_t count,
                            struct error *error) {
    rows->first = first;
    rows->count = count;
    return merge_rows_transfer_all(rows, file, false, error);
}

enum status merge_rows_store(struct merge_rows *rows, hid_t file, struct error *error) {
    const struct results_layout *layout = &rows->schema->layout;
    for (int64_t i = 0; i < rows->count; i++) {
        if (rows->states[i] != ROW_MISSING) {
            rows->checksums[i] =
                row_checksum(layout, rows->records + (size_t)i * layout->record_bytes,
                             rows->states[i], rows->steps[i]);
        }
    }
    return merge_rows_transfer_all(rows, file, true, error);
}
