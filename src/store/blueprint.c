#include "store/blueprint.h"

#include "store/format.h"

#include <hdf5_hl.h>
#include <math.h>
#include <stdio.h>

enum { SCALE_NAME_BYTES = 96, SLAB_ROWS = 1 << 16 };

/* Contiguous, allocated and filled when created: no metadata changes later, and a full disk is
 * found out before anything is trained. Without times, equal sweeps give equal bytes. */
static hid_t blueprint_creation_properties(enum hdf_storage storage) {
    const double not_a_number = (double)NAN;
    hid_t properties = H5Pcreate(H5P_DATASET_CREATE);
    bool floats = storage == HDF_FLOAT64 || storage == HDF_FLOAT32;
    if (H5Pset_layout(properties, H5D_CONTIGUOUS) < 0 ||
        H5Pset_alloc_time(properties, H5D_ALLOC_TIME_EARLY) < 0 ||
        H5Pset_fill_time(properties, H5D_FILL_TIME_ALLOC) < 0 ||
        H5Pset_obj_track_times(properties, false) < 0 ||
        (floats && H5Pset_fill_value(properties, H5T_NATIVE_DOUBLE, &not_a_number) < 0)) {
        hdf_close(properties);
        return H5I_INVALID_HID;
    }
    return properties;
}

static enum status blueprint_create_dataset(hid_t file, const struct blueprint *blueprint,
                                            hid_t *dataset, struct error *error) {
    hsize_t lengths[BLUEPRINT_DIMENSIONS_MAX];
    for (size_t d = 0; d < blueprint->dimension_count; d++) {
        lengths[d] = blueprint->dimensions[d].length;
    }
    hid_t space = H5Screate_simple((int)blueprint->dimension_count, lengths, NULL);
    hid_t type = hdf_type(blueprint->storage);
    hid_t properties = blueprint_creation_properties(blueprint->storage);
    *dataset = H5Dcreate2(file, blueprint->name, type, space, H5P_DEFAULT, properties, H5P_DEFAULT);
    enum status status = STATUS_OK;
    if (*dataset < 0) {
        status = hdf_fail(error, STATUS_STORAGE, "cannot create variable %s", blueprint->name);
    }
    hdf_close(properties);
    hdf_close(type);
    hdf_close(space);
    return status;
}

/* A dimension without coordinates, in the way the netCDF-4 format marks one. */
static enum status blueprint_create_bare_dimension(hid_t file, const struct extent *dimension,
                                                   struct error *error) {
    const struct blueprint blueprint = {.name = dimension->name,
                                        .storage = HDF_UINT8,
                                        .dimension_count = 1,
                                        .dimensions = {*dimension}};
    char name[SCALE_NAME_BYTES];
    (void)snprintf(name, sizeof name, "This is a netCDF dimension but not a netCDF variable.%10zu",
                   dimension->length);
    hid_t scale;
    enum status status = blueprint_create_dataset(file, &blueprint, &scale, error);
    if (status == STATUS_OK && H5DSset_scale(scale, name) < 0) {
        status = hdf_fail(error, STATUS_STORAGE, "cannot create dimension %s", dimension->name);
    }
    hdf_close(scale);
    return status;
}

static enum status blueprint_attach(hid_t file, hid_t dataset, size_t axis,
                                    const struct extent *dimension, struct error *error) {
    if (H5Lexists(file, dimension->name, H5P_DEFAULT) <= 0) {
        TRY(blueprint_create_bare_dimension(file, dimension, error));
    }
    hid_t scale;
    TRY(hdf_open_dataset(file, dimension->name, &scale, error));
    enum status status = STATUS_OK;
    if (H5DSattach_scale(dataset, scale, (unsigned)axis) < 0) {
        status = hdf_fail(error, STATUS_STORAGE, "cannot attach dimension %s", dimension->name);
    }
    hdf_close(scale);
    return status;
}

static enum status blueprint_describe(hid_t file, hid_t dataset, const struct blueprint *blueprint,
                                      struct error *error) {
    for (size_t d = 0; d < blueprint->dimension_count; d++) {
        TRY(blueprint_attach(file, dataset, d, &blueprint->dimensions[d], error));
    }
    TRY(hdf_write_text(dataset, "long_name", blueprint->help, error));
    if (blueprint->storage == HDF_LETTER) {
        return hdf_write_text(dataset, "_Encoding", "utf-8", error);
    }
    return blueprint->unit[0] == '\0' ? STATUS_OK
                                      : hdf_write_text(dataset, "units", blueprint->unit, error);
}

enum status blueprint_create(hid_t file, const struct blueprint *blueprint, hid_t *dataset,
                             struct error *error) {
    TRY(blueprint_create_dataset(file, blueprint, dataset, error));
    enum status status = blueprint_describe(file, *dataset, blueprint, error);
    if (status != STATUS_OK) {
        hdf_close(*dataset);
        *dataset = H5I_INVALID_HID;
        return error_prefix(error, "variable %s", blueprint->name);
    }
    return STATUS_OK;
}

enum status blueprint_add(hid_t file, const struct blueprint *blueprint, struct error *error) {
    hid_t dataset;
    TRY(blueprint_create(file, blueprint, &dataset, error));
    hdf_close(dataset);
    return STATUS_OK;
}

static enum status blueprint_write_numbers(hid_t dataset, const struct shard *shard,
                                           struct error *error) {
    const int64_t rows = shard_rows(shard);
    struct arena arena = {0};
    int64_t *numbers;
    enum status status = ARENA_NEW(&arena, numbers, SLAB_ROWS, error);
    for (int64_t first = 0; status == STATUS_OK && first < rows; first += SLAB_ROWS) {
        int64_t count = rows - first < SLAB_ROWS ? rows - first : SLAB_ROWS;
        for (int64_t i = 0; i < count; i++) {
            numbers[i] = shard_job(shard, first + i);
        }
        status = hdf_write_rows(dataset, HDF_INT64, first, count, numbers, error);
    }
    arena_free(&arena);
    return status;
}

enum status blueprint_job_dimension(hid_t file, const struct shard *shard, struct error *error) {
    const struct blueprint blueprint = {.name = DIMENSION_JOB,
                                        .storage = HDF_INT64,
                                        .dimension_count = 1,
                                        .dimensions = {{DIMENSION_JOB, (size_t)shard_rows(shard)}}};
    hid_t scale;
    TRY(blueprint_create_dataset(file, &blueprint, &scale, error));
    enum status status = STATUS_OK;
    if (H5DSset_scale(scale, DIMENSION_JOB) < 0) {
        status = hdf_fail(error, STATUS_STORAGE, "cannot create dimension %s", DIMENSION_JOB);
    }
    if (status == STATUS_OK) {
        status = hdf_write_text(scale, "long_name", "number of the job", error);
    }
    if (status == STATUS_OK) {
        status = blueprint_write_numbers(scale, shard, error);
    }
    hdf_close(scale);
    return status;
}

struct blueprint blueprint_of_text(const char *name, const char *help, struct extent rows,
                                   const struct extent *letters) {
    return (struct blueprint){.name = name,
                              .storage = HDF_LETTER,
                              .unit = "",
                              .help = help,
                              .dimension_count = 2,
                              .dimensions = {rows, *letters}};
}
