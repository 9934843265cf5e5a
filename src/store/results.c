#include "store/results.h"

#include "base/file.h"
#include "store/format.h"
#include "store/records.h"
#include "store/run_epoch.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    WRITE_ROWS_MAX = 256,         /* rows that one write takes at most */
    WRITE_BUFFER_BYTES = 4 << 20, /* and about how many bytes */
};

/* What every row has besides its record, in the order of writing: the state says that all the
 * rest is there. */
enum fixed_column { STEPS, SECONDS, RUN_EPOCH, CHECKSUM, STATE, FIXED_COUNT };

/* A data set opened once, with the dataspaces of its transfers. */
struct column {
    const char *name;
    hid_t dataset;
    hid_t type;
    hid_t file_space;
    hid_t memory_space; /* one-dimensional, room for WRITE_ROWS_MAX rows */
    hsize_t lengths[HDF_DIMENSIONS_MAX];
    hsize_t elements; /* of one row */
};

struct results {
    struct arena arena;
    const char *path;
    const struct results_layout *layout;
    struct shard shard;
    MPI_Comm comm;
    hid_t file;
    int descriptor; /* of our own, for fsync and the number of the latest run */
    int64_t run_epoch;
    off_t run_epoch_place;
    size_t rows_max;
    struct column *variables;
    struct column fixed[FIXED_COUNT];
    void *buffer; /* rows_max rows of the widest column */
};

static const struct {
    const char *name;
    enum hdf_storage storage;
} fixed_columns[FIXED_COUNT] = {
    [STEPS] = {VARIABLE_STEPS, HDF_INT64},         [SECONDS] = {VARIABLE_SECONDS, HDF_FLOAT64},
    [RUN_EPOCH] = {VARIABLE_ROW_EPOCH, HDF_INT64}, [CHECKSUM] = {VARIABLE_CHECKSUM, HDF_UINT64},
    [STATE] = {VARIABLE_STATE, HDF_UINT8},
};

static enum status results_open_column(const struct results *results, const char *name,
                                       enum hdf_storage storage, struct column *column,
                                       struct error *error) {
    column->name = name;
    TRY(hdf_open_dataset(results->file, name, &column->dataset, error));
    column->type = hdf_type(storage);
    column->file_space = H5Dget_space(column->dataset);
    int dimensions = hdf_shape(column->dataset, column->lengths);
    if (dimensions < 1) {
        return hdf_fail(error, STATUS_STORAGE, "variable %s has no usable shape", name);
    }
    column->elements = 1;
    for (int d = 1; d < dimensions; d++) {
        column->elements *= column->lengths[d];
    }
    hsize_t room = column->elements * results->rows_max;
    column->memory_space = H5Screate_simple(1, &room, NULL);
    return column->memory_space < 0 ? hdf_fail(error, STATUS_STORAGE, "variable %s", name)
                                    : STATUS_OK;
}

static enum status results_open_columns(struct results *results, struct error *error) {
    const struct results_layout *layout = results->layout;
    TRY(run_epoch_place(results->file, &results->run_epoch_place, error));
    for (size_t i = 0; i < layout->variable_count; i++) {
        const struct variable *variable = &layout->variables[i];
        struct column *column = &results->variables[i];
        TRY(results_open_column(results, variable->name, hdf_storage_of(variable->type), column,
                                error));
        if (column->elements != variable->elements) {
            return error_set(error, STATUS_STORAGE, "variable %s has another shape in the file",
                             variable->name);
        }
    }
    for (size_t i = 0; i < FIXED_COUNT; i++) {
        TRY(results_open_column(results, fixed_columns[i].name, fixed_columns[i].storage,
                                &results->fixed[i], error));
    }
    return reader_shard(results->file, (int64_t)results->fixed[STATE].lengths[0], &results->shard,
                        error);
}

/* What needs no other rank. */
static enum status results_prepare(struct results **prepared, const char *path,
                                   const struct results_layout *layout, int64_t run_epoch,
                                   MPI_Comm comm, struct error *error) {
    struct results *results = calloc(1, sizeof *results);
    if (results == NULL) {
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    }
    *prepared = results;
    results->layout = layout;
    results->run_epoch = run_epoch;
    results->comm = comm;
    results->file = H5I_INVALID_HID;
    results->descriptor = -1;
    const size_t widest = records_widest(layout);
    const size_t fitting = WRITE_BUFFER_BYTES / widest;
    results->rows_max = fitting < 1 ? 1 : fitting > WRITE_ROWS_MAX ? WRITE_ROWS_MAX : fitting;
    TRY(arena_strdup(&results->arena, path, &results->path, error));
    TRY(arena_new(&results->arena, results->rows_max, widest, &results->buffer, error));
    TRY(ARENA_NEW(&results->arena, results->variables, layout->variable_count, error));
    results->descriptor = open(path, O_RDWR | O_CLOEXEC);
    return results->descriptor >= 0 ? STATUS_OK
                                    : error_set(error, STATUS_STORAGE, "%s", strerror(errno));
}

/* Gives all ranks the worst status of any, so that none waits for a rank that failed. Only that
 * rank has its message; the others say that there is one. */
static enum status results_agree(MPI_Comm comm, enum status status, struct error *error) {
    int mine = (int)status;
    int worst = mine;
    if (MPI_Allreduce(&mine, &worst, 1, MPI_INT, MPI_MAX, comm) != MPI_SUCCESS) {
        return error_set(error, STATUS_SYSTEM, "MPI_Allreduce failed");
    }
    if (status == STATUS_OK && worst != (int)STATUS_OK) {
        return error_set(error, (enum status)worst, "another process could not use the file");
    }
    return status;
}

static enum status results_open_file(struct results *results, struct error *error) {
    SCOPED(hdf_release) hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    bool ready = H5Pset_fapl_mpio(access, results->comm, MPI_INFO_NULL) >= 0 &&
                 H5Pset_fclose_degree(access, H5F_CLOSE_STRONG) >= 0;
    results->file = ready ? H5Fopen(results->path, H5F_ACC_RDWR, access) : H5I_INVALID_HID;
    return results->file < 0 ? hdf_fail(error, STATUS_STORAGE, "cannot open") : STATUS_OK;
}

static void results_close_column(struct column *column) {
    if (column->name != NULL) {
        hdf_release(&column->memory_space);
        hdf_release(&column->file_space);
        hdf_release(&column->type);
        hdf_release(&column->dataset);
    }
}

enum status results_close(struct results *results, struct error *error) {
    enum status status = STATUS_OK;
    if (results == NULL) {
        return STATUS_OK;
    }
    for (size_t i = 0; results->variables != NULL && i < results->layout->variable_count; i++) {
        results_close_column(&results->variables[i]);
    }
    for (size_t i = 0; i < FIXED_COUNT; i++) {
        results_close_column(&results->fixed[i]);
    }
    if (results->file >= 0 && H5Fclose(results->file) < 0) {
        status = hdf_fail(error, STATUS_STORAGE, "cannot close %s", results->path);
    }
    file_release_descriptor(&results->descriptor);
    arena_free(&results->arena);
    free(results);
    return status;
}

/* After another error. */
static void results_release(struct results **results) {
    struct error ignored;
    (void)(results_close(*results, &ignored) == STATUS_OK);
}

enum status results_open(const char *path, const struct results_layout *layout, int64_t run_epoch,
                         MPI_Comm comm, struct results **opened, struct error *error) {
    SCOPED(results_release) struct results *results = NULL;
    hdf_quiet();
    *opened = NULL;
    enum status prepared = results_prepare(&results, path, layout, run_epoch, comm, error);
    TRY_WITHIN(results_agree(comm, prepared, error), error, "cannot open %s for writing", path);
    TRY_WITHIN(results_agree(comm, results_open_file(results, error), error), error,
               "cannot open %s for writing", path);
    TRY_WITHIN(results_agree(comm, results_open_columns(results, error), error), error,
               "cannot open %s for writing", path);
    *opened = results;
    results = NULL;
    return STATUS_OK;
}

static enum status results_write_column(const struct results *results, const struct column *column,
                                        int64_t first, size_t count, struct error *error) {
    hsize_t start[HDF_DIMENSIONS_MAX] = {(hsize_t)first};
    hsize_t block[HDF_DIMENSIONS_MAX];
    memcpy(block, column->lengths, sizeof block);
    block[0] = count;
    hsize_t memory_start = 0;
    hsize_t memory_count = count * column->elements;
    if (H5Sselect_hyperslab(column->file_space, H5S_SELECT_SET, start, NULL, block, NULL) < 0 ||
        H5Sselect_hyperslab(column->memory_space, H5S_SELECT_SET, &memory_start, NULL,
                            &memory_count, NULL) < 0 ||
        H5Dwrite(column->dataset, column->type, column->memory_space, column->file_space,
                 H5P_DEFAULT, results->buffer) < 0) {
        return hdf_fail(error, STATUS_STORAGE, "cannot write rows %lld to %lld of %s to %s",
                        (long long)first, (long long)first + (long long)count - 1, column->name,
                        results->path);
    }
    return STATUS_OK;
}

static void results_gather_variable(const struct results *results, size_t index,
                                    const struct row *rows, size_t count) {
    const struct variable *variable = &results->layout->variables[index];
    size_t bytes = variable_bytes(variable);
    for (size_t i = 0; i < count; i++) {
        memcpy((unsigned char *)results->buffer + i * bytes,
               (const unsigned char *)rows[i].record + variable->offset, bytes);
    }
}

static void results_gather_fixed(const struct results *results, enum fixed_column which,
                                 const struct row *rows, size_t count) {
    for (size_t i = 0; i < count; i++) {
        switch (which) {
        case STEPS:
            ((int64_t *)results->buffer)[i] = rows[i].steps;
            break;
        case SECONDS:
            ((double *)results->buffer)[i] = rows[i].seconds;
            break;
        case RUN_EPOCH:
            ((int64_t *)results->buffer)[i] = results->run_epoch;
            break;
        case CHECKSUM:
            ((uint64_t *)results->buffer)[i] = row_checksum(results->layout, rows[i].record,
                                                            (uint8_t)rows[i].state, rows[i].steps);
            break;
        case STATE:
        case FIXED_COUNT:
            ((uint8_t *)results->buffer)[i] = (uint8_t)rows[i].state;
            break;
        }
    }
}

enum status results_current(const struct results *results, struct error *error) {
    TRY_WITHIN(
        run_epoch_check(results->descriptor, results->run_epoch_place, results->run_epoch, error),
        error, "%s", results->path);
    return STATUS_OK;
}

static int64_t results_row_of(const struct results *results, const struct row *row) {
    return shard_row(&results->shard, row->job);
}

/* Successive rows of the file, at most rows_max. */
static enum status results_write_together(const struct results *results, const struct row *rows,
                                          size_t count, struct error *error) {
    const int64_t first = results_row_of(results, rows);
    for (size_t i = 0; i < results->layout->variable_count; i++) {
        results_gather_variable(results, i, rows, count);
        TRY(results_write_column(results, &results->variables[i], first, count, error));
    }
    for (size_t i = 0; i < FIXED_COUNT; i++) {
        results_gather_fixed(results, (enum fixed_column)i, rows, count);
        TRY(results_write_column(results, &results->fixed[i], first, count, error));
    }
    return STATUS_OK;
}

enum status results_write(struct results *results, const struct row *rows, size_t count,
                          struct error *error) {
    size_t first = 0;
    TRY(results_current(results, error));
    while (first < count) {
        size_t together = 1;
        while (first + together < count && together < results->rows_max &&
               results_row_of(results, &rows[first + together]) ==
                   results_row_of(results, &rows[first + together - 1]) + 1) {
            together++;
        }
        TRY(results_write_together(results, rows + first, together, error));
        first += together;
    }
    return STATUS_OK;
}

enum status results_sync(struct results *results, struct error *error) {
    if (fsync(results->descriptor) != 0) {
        return error_set(error, STATUS_STORAGE, "cannot sync %s: %s", results->path,
                         strerror(errno));
    }
    return STATUS_OK;
}

static int64_t results_milliseconds(double seconds) {
    return (int64_t)llround(seconds * RUN_TIME_UNITS);
}

static enum status results_write_note(hid_t file, int64_t slot, const struct run_note *note,
                                      struct error *error) {
    const int64_t started = results_milliseconds(note->started);
    const int64_t ended = results_milliseconds(note->ended);
    char hosts[RUN_HOSTS_BYTES] = "";
    memcpy(hosts, note->hosts, strnlen(note->hosts, sizeof hosts));
    const struct {
        const char *name;
        const int64_t *value;
    } numbers[] = {{VARIABLE_RUN_ENDED, &ended},
                   {VARIABLE_RUN_RANKS, &note->ranks},
                   {VARIABLE_RUN_BEFORE, &note->finished_before},
                   {VARIABLE_RUN_EPOCH, &note->run_epoch}};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        TRY(hdf_write_rows(file, numbers[i].name, HDF_INT64, slot, 1, numbers[i].value, error));
    }
    TRY(hdf_write_rows(file, VARIABLE_RUN_HOSTS, HDF_LETTER, slot, 1, hosts, error));
    return hdf_write_rows(file, VARIABLE_RUN_STARTED, HDF_INT64, slot, 1, &started, error);
}

enum status results_note_run(struct results *results, int64_t slot, const struct run_note *note,
                             struct error *error) {
    TRY_WITHIN(results_write_note(results->file, slot, note, error), error, "%s", results->path);
    return STATUS_OK;
}
