#include "store/reader.h"

#include "store/format.h"

#include <errno.h>
#include <hdf5_hl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAME_BYTES = 256 };

/* Splits names at spaces, in place. */
static enum status reader_split_names(struct arena *arena, const char *text, const char ***names,
                                      size_t *count, struct error *error) {
    char *copy = arena_string(arena, text, error);
    if (copy == NULL) {
        return error_status(error);
    }
    TRY(ARENA_NEW(arena, *names, strlen(text) / 2 + 1, error));
    *count = 0;
    char *rest = NULL;
    for (char *name = strtok_r(copy, " ", &rest); name != NULL; name = strtok_r(NULL, " ", &rest)) {
        (*names)[(*count)++] = name;
    }
    return STATUS_OK;
}

static enum status reader_read_names(struct results_reader *reader, const char *attribute,
                                     const char ***names, size_t *count, struct error *error) {
    const char *text;
    TRY(hdf_read_text(reader->file, attribute, &reader->arena, &text, error));
    return reader_split_names(&reader->arena, text, names, count, error);
}

/* The text attribute of a variable, or "". */
static const char *reader_optional_text(hid_t dataset, const char *attribute, struct arena *arena) {
    struct error ignored;
    const char *text = "";
    if (H5Aexists(dataset, attribute) <= 0 ||
        hdf_read_text(dataset, attribute, arena, &text, &ignored) != STATUS_OK) {
        return "";
    }
    return text;
}

static enum hdf_storage reader_storage_of(hid_t dataset) {
    hid_t type = H5Dget_type(dataset);
    H5T_class_t class = H5Tget_class(type);
    enum hdf_storage storage = class == H5T_STRING                  ? HDF_LETTER
                               : class == H5T_INTEGER               ? HDF_INT64
                               : H5Tget_size(type) == sizeof(float) ? HDF_FLOAT32
                                                                    : HDF_FLOAT64;
    hdf_close(type);
    return storage;
}

/* Lengths of a data set's dimensions; their number, or −1. */
static int reader_lengths_of(hid_t dataset, hsize_t lengths[VARIABLE_DIMENSIONS_MAX + 1]) {
    hid_t space = H5Dget_space(dataset);
    int rank = H5Sget_simple_extent_ndims(space);
    if (rank > VARIABLE_DIMENSIONS_MAX + 1 ||
        H5Sget_simple_extent_dims(space, lengths, NULL) != rank) {
        rank = -1;
    }
    hdf_close(space);
    return rank;
}

static herr_t reader_keep_name(hid_t dataset, unsigned axis, hid_t scale, void *name) {
    (void)dataset;
    (void)axis;
    return H5Iget_name(scale, name, NAME_BYTES) > 0 ? 1 : -1;
}

/* The name of the dimension on an axis. */
static const char *reader_dimension_name(hid_t dataset, unsigned axis, struct arena *arena,
                                         struct error *error) {
    char name[NAME_BYTES] = "/";
    if (H5DSiterate_scales(dataset, axis, NULL, reader_keep_name, name) < 0) {
        (void)hdf_fail(error, STATUS_STORAGE, "dimension %u has no name", axis);
        return NULL;
    }
    return arena_string(arena, name + 1, error);
}

static enum status reader_add_variable(struct results_reader *reader, const char *name,
                                       hid_t dataset, struct error *error) {
    hsize_t lengths[VARIABLE_DIMENSIONS_MAX + 1] = {0};
    struct extent extents[VARIABLE_DIMENSIONS_MAX];
    int rank = reader_lengths_of(dataset, lengths);
    if (rank < 1 || (int64_t)lengths[0] != reader->job_count) {
        return error_set(error, STATUS_STORAGE, "its shape is not that of a variable of rows");
    }
    for (int d = 1; d < rank; d++) {
        extents[d - 1].name = reader_dimension_name(dataset, (unsigned)d, &reader->arena, error);
        extents[d - 1].length = lengths[d];
        if (extents[d - 1].name == NULL) {
            return error_status(error);
        }
    }
    enum hdf_storage storage = reader_storage_of(dataset);
    enum variable_type type = storage == HDF_INT64     ? VARIABLE_INT64
                              : storage == HDF_FLOAT32 ? VARIABLE_FLOAT32
                                                       : VARIABLE_FLOAT64;
    size_t index = layout_add(&reader->layout, &reader->arena, type, name,
                              reader_optional_text(dataset, "units", &reader->arena),
                              reader_optional_text(dataset, "long_name", &reader->arena),
                              (size_t)rank - 1, extents, error);
    return index == SIZE_MAX ? error_status(error) : STATUS_OK;
}

static enum status reader_read_layout(struct results_reader *reader, struct error *error) {
    const char **names = NULL;
    size_t count = 0;
    TRY(reader_read_names(reader, ATTRIBUTE_RECORD, &names, &count, error));
    for (size_t i = 0; i < count; i++) {
        hid_t dataset;
        TRY(hdf_open_dataset(reader->file, names[i], &dataset, error));
        enum status status = reader_add_variable(reader, names[i], dataset, error);
        hdf_close(dataset);
        if (status != STATUS_OK) {
            (void)error_prefix(error, "variable %s", names[i]);
            return error->status = STATUS_STORAGE;
        }
    }
    return STATUS_OK;
}

static enum status reader_read_axes(struct results_reader *reader, struct error *error) {
    const char **keys = NULL;
    size_t count = 0;
    TRY(reader_read_names(reader, ATTRIBUTE_AXES, &keys, &count, error));
    reader->axis_count = count;
    TRY(ARENA_NEW(&reader->arena, reader->axes, reader->axis_count, error));
    for (size_t i = 0; i < count; i++) {
        struct results_axis *axis = &reader->axes[i];
        hid_t dataset;
        TRY(hdf_open_dataset(reader->file, keys[i], &dataset, error));
        hsize_t lengths[VARIABLE_DIMENSIONS_MAX + 1] = {0};
        int rank = reader_lengths_of(dataset, lengths);
        axis->key = keys[i];
        axis->unit = reader_optional_text(dataset, "units", &reader->arena);
        axis->help = reader_optional_text(dataset, "long_name", &reader->arena);
        axis->storage = reader_storage_of(dataset);
        axis->letters = axis->storage == HDF_LETTER ? lengths[1] : 0;
        hdf_close(dataset);
        if (rank != (axis->storage == HDF_LETTER ? 2 : 1) ||
            (int64_t)lengths[0] != reader->job_count) {
            return error_set(error, STATUS_STORAGE, "axis %s has a wrong shape", keys[i]);
        }
    }
    return STATUS_OK;
}

static enum status reader_read_job_count(struct results_reader *reader, struct error *error) {
    hid_t dataset;
    hsize_t lengths[VARIABLE_DIMENSIONS_MAX + 1] = {0};
    TRY(hdf_open_dataset(reader->file, DIMENSION_JOB, &dataset, error));
    int rank = reader_lengths_of(dataset, lengths);
    hdf_close(dataset);
    if (rank != 1) {
        return error_set(error, STATUS_STORAGE, "its dimension %s is damaged", DIMENSION_JOB);
    }
    reader->job_count = (int64_t)lengths[0];
    return STATUS_OK;
}

enum status reader_shard(hid_t file, int64_t rows, struct shard *shard, struct error *error) {
    uint64_t number;
    uint64_t count;
    uint64_t jobs;
    TRY(hdf_read_optional(file, ATTRIBUTE_SHARD, 1, &number, error));
    TRY(hdf_read_optional(file, ATTRIBUTE_SHARDS, 1, &count, error));
    TRY(hdf_read_optional(file, ATTRIBUTE_JOBS, (uint64_t)rows, &jobs, error));
    *shard = (struct shard){(int64_t)number - 1, (int64_t)count, (int64_t)jobs};
    if (number < 1 || number > count || count > jobs || shard_rows(shard) != rows) {
        return error_set(error, STATUS_STORAGE, "its rows are not those of shard %llu/%llu",
                         (unsigned long long)number, (unsigned long long)count);
    }
    return STATUS_OK;
}

static enum status reader_check_format(struct results_reader *reader, struct error *error) {
    const char *format = reader_optional_text(reader->file, ATTRIBUTE_FORMAT, &reader->arena);
    if (strcmp(format, FORMAT_NAME) != 0) {
        return error_set(error, STATUS_BAD_INPUT,
                         "is an HDF5 file, but not a results file of modsweep");
    }
    TRY(hdf_read_integer(reader->file, ATTRIBUTE_VERSION, &reader->version, error));
    if (reader->version > FORMAT_VERSION) {
        return error_set(error, STATUS_BAD_INPUT,
                         "is of format %llu, written by a newer modsweep; this one reads up to %d",
                         (unsigned long long)reader->version, FORMAT_VERSION);
    }
    return STATUS_OK;
}

static enum status reader_read_metadata(struct results_reader *reader, struct error *error) {
    TRY(reader_check_format(reader, error));
    TRY(hdf_read_text(reader->file, ATTRIBUTE_NAME, &reader->arena, &reader->name, error));
    TRY(hdf_read_integer(reader->file, ATTRIBUTE_FINGERPRINT, &reader->fingerprint, error));
    TRY(reader_read_job_count(reader, error));
    TRY(hdf_read_optional(reader->file, ATTRIBUTE_SWEEPS, 1, &reader->sweeps, error));
    TRY(reader_shard(reader->file, reader->job_count, &reader->shard, error));
    TRY(reader_read_axes(reader, error));
    TRY(reader_read_names(reader, ATTRIBUTE_SCORES, &reader->scores, &reader->score_count, error));
    return reader_read_layout(reader, error);
}

/* What the system and the first bytes tell, before HDF5 is asked. */
static enum status reader_check_file(const char *path, struct error *error) {
    struct stat found;
    if (stat(path, &found) != 0 || access(path, R_OK) != 0) {
        return error_set(error, STATUS_BAD_INPUT, "cannot be read: %s", strerror(errno));
    }
    if (!S_ISREG(found.st_mode)) {
        return error_set(error, STATUS_BAD_INPUT, "is %s, not a results file",
                         S_ISDIR(found.st_mode) ? "a folder" : "no regular file");
    }
    if (found.st_size == 0) {
        return error_set(error, STATUS_BAD_INPUT, "is empty, not a results file");
    }
    return STATUS_OK;
}

static enum status reader_open_file(struct results_reader *reader, struct error *error) {
    TRY(reader_check_file(reader->path, error));
    if (H5Fis_hdf5(reader->path) <= 0) {
        (void)H5Eclear2(H5E_DEFAULT);
        return error_set(error, STATUS_BAD_INPUT, "is not an HDF5 file");
    }
    hid_t access_properties = hdf_serial_access();
    reader->file = H5Fopen(reader->path, H5F_ACC_RDONLY, access_properties);
    hdf_close(access_properties);
    return reader->file < 0
               ? hdf_fail(error, STATUS_STORAGE, "is an HDF5 file, but truncated or damaged")
               : STATUS_OK;
}

enum status reader_open(const char *path, struct results_reader **opened, struct error *error) {
    hdf_quiet();
    *opened = NULL;
    struct results_reader *reader = calloc(1, sizeof *reader);
    if (reader == NULL) {
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    }
    reader->file = H5I_INVALID_HID;
    reader->path = arena_string(&reader->arena, path, error);
    enum status status =
        reader->path == NULL ? error_status(error) : reader_open_file(reader, error);
    status = status == STATUS_OK ? reader_read_metadata(reader, error) : status;
    if (status != STATUS_OK) {
        reader_close(reader);
        return error_prefix(error, "%s", path);
    }
    *opened = reader;
    return STATUS_OK;
}

void reader_close(struct results_reader *reader) {
    if (reader != NULL) {
        hdf_close(reader->file);
        arena_free(&reader->arena);
        free(reader);
    }
}

void reader_release(struct results_reader **reader) {
    reader_close(*reader);
}

enum status reader_column(const struct results_reader *reader, const char *name,
                          enum hdf_storage storage, int64_t first, int64_t count, void *values,
                          struct error *error) {
    hid_t dataset;
    enum status status = hdf_open_dataset(reader->file, name, &dataset, error);
    if (status == STATUS_OK) {
        status = hdf_read_rows(dataset, storage, first, count, values, error);
        hdf_close(dataset);
    }
    return status == STATUS_OK ? status : error_prefix(error, "%s: %s", reader->path, name);
}

int64_t reader_job(const struct results_reader *reader, int64_t row) {
    return shard_job(&reader->shard, row);
}

const struct results_axis *reader_axis(const struct results_reader *reader, const char *key) {
    for (size_t i = 0; i < reader->axis_count; i++) {
        if (strcmp(reader->axes[i].key, key) == 0) {
            return &reader->axes[i];
        }
    }
    return NULL;
}

enum status reader_hashes(const struct results_reader *reader, struct arena *arena,
                          const uint64_t **hashes, struct error *error) {
    uint64_t *words;
    TRY(ARENA_NEW(arena, words, reader->job_count * HASH_WORDS, error));
    *hashes = words;
    return reader_column(reader, VARIABLE_HASH, HDF_UINT64, 0, reader->job_count, words, error);
}
