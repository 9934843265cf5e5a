#include "store/reader.h"

#include "store/format.h"

#include <errno.h>
#include <hdf5_hl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAME_BYTES = 256 };

/* Reads a text attribute and splits it into names at its spaces. */
static enum status reader_read_names(struct results_reader *reader, const char *attribute,
                                     const char ***names, size_t *count, struct error *error) {
    const char *text;
    char *copy;
    TRY(hdf_read_text(reader->file, attribute, &reader->arena, &text, error));
    TRY(ARENA_NEW(&reader->arena, copy, strlen(text) + 1, error));
    TRY(ARENA_NEW(&reader->arena, *names, strlen(text) / 2 + 1, error));
    memcpy(copy, text, strlen(text) + 1);
    *count = 0;
    char *rest = NULL;
    for (char *name = strtok_r(copy, " ", &rest); name != NULL; name = strtok_r(NULL, " ", &rest)) {
        (*names)[(*count)++] = name;
    }
    return STATUS_OK;
}

static enum hdf_storage reader_storage_of(hid_t dataset) {
    SCOPED(hdf_release) hid_t type = H5Dget_type(dataset);
    H5T_class_t class = H5Tget_class(type);
    return class == H5T_STRING                  ? HDF_LETTER
           : class == H5T_INTEGER               ? HDF_INT64
           : H5Tget_size(type) == sizeof(float) ? HDF_FLOAT32
                                                : HDF_FLOAT64;
}

static herr_t reader_keep_name(hid_t dataset, unsigned axis, hid_t scale, void *name) {
    (void)dataset;
    (void)axis;
    return H5Iget_name(scale, name, NAME_BYTES) > 0 ? 1 : -1;
}

/* The name of the dimension on an axis. */
static enum status reader_dimension_name(hid_t dataset, unsigned axis, struct arena *arena,
                                         const char **dimension, struct error *error) {
    char name[NAME_BYTES] = "/";
    return H5DSiterate_scales(dataset, axis, NULL, reader_keep_name, name) < 0
               ? hdf_fail(error, STATUS_STORAGE, "dimension %u has no name", axis)
               : arena_strdup(arena, name + 1, dimension, error);
}

static enum status reader_add_variable(struct results_reader *reader, const char *name,
                                       struct error *error) {
    struct arena *arena = &reader->arena;
    hsize_t lengths[HDF_DIMENSIONS_MAX];
    struct extent extents[VARIABLE_DIMENSIONS_MAX];
    const char *unit;
    const char *help;
    size_t ignored;
    SCOPED(hdf_release) hid_t dataset = H5I_INVALID_HID;
    TRY(hdf_open_dataset(reader->file, name, &dataset, error));
    int dimensions = hdf_shape(dataset, lengths);
    if (dimensions < 1 || dimensions > VARIABLE_DIMENSIONS_MAX + 1 ||
        (int64_t)lengths[0] != reader->job_count) {
        return error_set(error, STATUS_STORAGE, "its shape is not that of a variable of rows");
    }
    for (int d = 1; d < dimensions; d++) {
        extents[d - 1].length = lengths[d];
        TRY(reader_dimension_name(dataset, (unsigned)d, arena, &extents[d - 1].name, error));
    }
    enum hdf_storage storage = reader_storage_of(dataset);
    enum variable_type type = storage == HDF_INT64     ? VARIABLE_INT64
                              : storage == HDF_FLOAT32 ? VARIABLE_FLOAT32
                                                       : VARIABLE_FLOAT64;
    TRY(hdf_read_optional_text(dataset, "units", arena, &unit, error));
    TRY(hdf_read_optional_text(dataset, "long_name", arena, &help, error));
    return layout_add(&reader->layout, arena, type, name, unit, help, (size_t)dimensions - 1,
                      extents, &ignored, error);
}

static enum status reader_read_layout(struct results_reader *reader, struct error *error) {
    const char **names = NULL;
    size_t count = 0;
    TRY(reader_read_names(reader, ATTRIBUTE_RECORD, &names, &count, error));
    for (size_t i = 0; i < count; i++) {
        if (reader_add_variable(reader, names[i], error) != STATUS_OK) {
            (void)error_prefix(error, "variable %s", names[i]);
            error->status = error->status == STATUS_NO_MEMORY ? STATUS_NO_MEMORY : STATUS_STORAGE;
            return error->status;
        }
    }
    return STATUS_OK;
}

static enum status reader_read_axis(struct results_reader *reader, struct results_axis *axis,
                                    struct error *error) {
    hsize_t lengths[HDF_DIMENSIONS_MAX] = {0};
    SCOPED(hdf_release) hid_t dataset = H5I_INVALID_HID;
    TRY(hdf_open_dataset(reader->file, axis->key, &dataset, error));
    TRY(hdf_read_optional_text(dataset, "units", &reader->arena, &axis->unit, error));
    TRY(hdf_read_optional_text(dataset, "long_name", &reader->arena, &axis->help, error));
    axis->storage = reader_storage_of(dataset);
    int dimensions = hdf_shape(dataset, lengths);
    axis->letters = axis->storage == HDF_LETTER ? lengths[1] : 0;
    return dimensions == (axis->storage == HDF_LETTER ? 2 : 1) &&
                   (int64_t)lengths[0] == reader->job_count
               ? STATUS_OK
               : error_set(error, STATUS_STORAGE, "axis %s has a wrong shape", axis->key);
}

static enum status reader_read_axes(struct results_reader *reader, struct error *error) {
    const char **keys = NULL;
    TRY(reader_read_names(reader, ATTRIBUTE_AXES, &keys, &reader->axis_count, error));
    TRY(ARENA_NEW(&reader->arena, reader->axes, reader->axis_count, error));
    for (size_t i = 0; i < reader->axis_count; i++) {
        reader->axes[i].key = keys[i];
        TRY(reader_read_axis(reader, &reader->axes[i], error));
    }
    return STATUS_OK;
}

static enum status reader_read_job_count(struct results_reader *reader, struct error *error) {
    hsize_t lengths[HDF_DIMENSIONS_MAX];
    SCOPED(hdf_release) hid_t dataset = H5I_INVALID_HID;
    TRY(hdf_open_dataset(reader->file, DIMENSION_JOB, &dataset, error));
    if (hdf_shape(dataset, lengths) != 1) {
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
    const char *format;
    struct error ignored;
    if (hdf_read_text(reader->file, ATTRIBUTE_FORMAT, &reader->arena, &format, &ignored) !=
            STATUS_OK ||
        strcmp(format, FORMAT_NAME) != 0) {
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

/* Asks the system first, whose reasons are clearer than those of HDF5. */
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
    SCOPED(hdf_release) hid_t properties = hdf_serial_access();
    reader->file = H5Fopen(reader->path, H5F_ACC_RDONLY, properties);
    return reader->file < 0
               ? hdf_fail(error, STATUS_STORAGE, "is an HDF5 file, but truncated or damaged")
               : STATUS_OK;
}

enum status reader_open(const char *path, struct results_reader **opened, struct error *error) {
    hdf_quiet();
    *opened = NULL;
    SCOPED(reader_release) struct results_reader *reader = calloc(1, sizeof *reader);
    if (reader == NULL) {
        return error_set(error, STATUS_NO_MEMORY, "out of memory");
    }
    reader->file = H5I_INVALID_HID;
    TRY(arena_strdup(&reader->arena, path, &reader->path, error));
    TRY_WITHIN(reader_open_file(reader, error), error, "%s", path);
    TRY_WITHIN(reader_read_metadata(reader, error), error, "%s", path);
    *opened = reader;
    reader = NULL;
    return STATUS_OK;
}

void reader_release(struct results_reader **reader) {
    if (*reader != NULL) {
        hdf_release(&(*reader)->file);
        arena_free(&(*reader)->arena);
        free(*reader);
        *reader = NULL;
    }
}

enum status reader_column(const struct results_reader *reader, const char *name,
                          enum hdf_storage storage, int64_t first, int64_t count, void *values,
                          struct error *error) {
    TRY_WITHIN(hdf_read_rows(reader->file, name, storage, first, count, values, error), error, "%s",
               reader->path);
    return STATUS_OK;
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
