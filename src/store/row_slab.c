#include "store/row_slab.h"

#include "store/format.h"
#include "store/slab.h"

#include <string.h>

enum {
    SLAB_BYTES = 32 << 20,
    SLAB_ROWS_MAX = 1 << 16,
    FIXED_BYTES = 64, /* of a row outside axes and record, rounded up */
    COLUMN_COUNT = 8,
};

/* A column, and where the slab keeps the pointer to its values. */
struct slab_place {
    const char *name;
    enum hdf_storage storage;
    size_t bytes;
    void *pointer;
};

/* In the order of enum slab_column. */
static void row_slab_places(struct row_slab *slab, struct slab_place places[static COLUMN_COUNT]) {
    const struct slab_place all[COLUMN_COUNT] = {
        {VARIABLE_REPLICATE, HDF_INT64, sizeof(int64_t), &slab->replicates},
        {VARIABLE_HASH, HDF_UINT64, HASH_WORDS * sizeof(uint64_t), &slab->hashes},
        {VARIABLE_STATE, HDF_UINT8, sizeof(uint8_t), &slab->states},
        {VARIABLE_ATTEMPTS, HDF_UINT8, sizeof(uint8_t), &slab->attempts},
        {VARIABLE_STEPS, HDF_INT64, sizeof(int64_t), &slab->steps},
        {VARIABLE_SECONDS, HDF_FLOAT64, sizeof(double), &slab->seconds},
        {VARIABLE_PART, HDF_INT64, sizeof(int64_t), &slab->parts},
        {VARIABLE_CHECKSUM, HDF_UINT64, sizeof(uint64_t), &slab->checksums},
    };
    memcpy(places, all, sizeof all);
}

static int64_t row_slab_room(const struct row_slab *slab, size_t widest, int64_t rows) {
    size_t bytes = FIXED_BYTES + slab->layout->record_bytes + widest;
    for (size_t i = 0; i < slab->axis_count; i++) {
        bytes += results_axis_bytes(&slab->axes[i]);
    }
    size_t fitting = SLAB_BYTES / bytes;
    int64_t room = fitting > SLAB_ROWS_MAX ? SLAB_ROWS_MAX : (int64_t)fitting;
    room = room < rows ? room : rows;
    return room < 1 ? 1 : room;
}

enum status row_slab_make(struct row_slab *slab, const struct results_layout *layout,
                          size_t axis_count, const struct results_axis *axes, unsigned columns,
                          size_t widest, int64_t rows, struct arena *arena, struct error *error) {
    struct slab_place places[COLUMN_COUNT];
    *slab = (struct row_slab){
        .layout = layout, .axis_count = axis_count, .axes = axes, .columns = columns};
    slab->room = row_slab_room(slab, widest, rows);
    const size_t room = (size_t)slab->room;
    row_slab_places(slab, places);
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        if (columns & 1u << i) {
            TRY(arena_new(arena, room, places[i].bytes, places[i].pointer, error));
        }
    }
    TRY(ARENA_NEW(arena, slab->axis_values, axis_count, error));
    for (size_t i = 0; i < axis_count; i++) {
        TRY(ARENA_NEW(arena, slab->axis_values[i], room * results_axis_bytes(&axes[i]), error));
    }
    TRY(ARENA_NEW(arena, slab->records, room * layout->record_bytes, error));
    return arena_new(arena, room, widest, &slab->scratch, error);
}

unsigned char *row_slab_record(const struct row_slab *slab, int64_t index) {
    return slab->records + (size_t)index * slab->layout->record_bytes;
}

enum status row_slab_read(struct row_slab *slab, const struct results_reader *reader, int64_t first,
                          int64_t count, struct error *error) {
    struct slab_place places[COLUMN_COUNT];
    slab->first = first;
    slab->count = count;
    row_slab_places(slab, places);
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        void *values;
        memcpy(&values, places[i].pointer, sizeof values);
        if (values == NULL) {
            continue;
        }
        if (values == slab->parts && H5Lexists(reader->file, VARIABLE_PART, H5P_DEFAULT) <= 0) {
            memset(slab->parts, 0, (size_t)count * sizeof *slab->parts);
            continue;
        }
        TRY(reader_column(reader, places[i].name, places[i].storage, first, count, values, error));
    }
    return records_read(reader, slab->layout, first, count, slab->scratch, slab->records, error);
}

/* One variable of all records, gathered in scratch or scattered from it. */
static void row_slab_exchange(const struct row_slab *slab, const struct variable *variable,
                              bool gather) {
    const size_t bytes = variable_bytes(variable);
    for (int64_t i = 0; i < slab->count; i++) {
        unsigned char *value = row_slab_record(slab, i) + variable->offset;
        unsigned char *dense = (unsigned char *)slab->scratch + (size_t)i * bytes;
        memcpy(gather ? dense : value, gather ? value : dense, bytes);
    }
}

static enum status row_slab_transfer(const struct row_slab *slab, hid_t file, bool write,
                                     const char *name, enum hdf_storage storage, void *values,
                                     struct error *error) {
    return write ? hdf_write_rows(file, name, storage, slab->first, slab->count, values, error)
                 : hdf_read_rows(file, name, storage, slab->first, slab->count, values, error);
}

static enum status row_slab_transfer_all(struct row_slab *slab, hid_t file, bool write,
                                         struct error *error) {
    struct slab_place places[COLUMN_COUNT];
    row_slab_places(slab, places);
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        void *values;
        memcpy(&values, places[i].pointer, sizeof values);
        if (values != NULL) {
            TRY(row_slab_transfer(slab, file, write, places[i].name, places[i].storage, values,
                                  error));
        }
    }
    for (size_t i = 0; i < slab->axis_count; i++) {
        TRY(row_slab_transfer(slab, file, write, slab->axes[i].key, slab->axes[i].storage,
                              slab->axis_values[i], error));
    }
    for (size_t i = 0; i < slab->layout->variable_count; i++) {
        const struct variable *variable = &slab->layout->variables[i];
        if (write) {
            row_slab_exchange(slab, variable, true);
        }
        TRY(row_slab_transfer(slab, file, write, variable->name, hdf_storage_of(variable->type),
                              slab->scratch, error));
        if (!write) {
            row_slab_exchange(slab, variable, false);
        }
    }
    return STATUS_OK;
}

enum status row_slab_load(struct row_slab *slab, hid_t file, int64_t first, int64_t count,
                          struct error *error) {
    slab->first = first;
    slab->count = count;
    return row_slab_transfer_all(slab, file, false, error);
}

enum status row_slab_store(struct row_slab *slab, hid_t file, struct error *error) {
    return row_slab_transfer_all(slab, file, true, error);
}
