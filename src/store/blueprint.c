#include "store/blueprint.h"

#include "store/format.h"
#include "store/slab.h"

#include <hdf5_hl.h>
#include <math.h>
#include <stdio.h>

enum { SCALE_NAME_BYTES = 96 };

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
        hdf_release(&properties);
    }
    return properties;
}

/* The caller closes *dataset. */
static enum status blueprint_create(hid_t file, const struct blueprint *blueprint, hid_t *dataset,
                                    struct error *error) {
    hsize_t lengths[BLUEPRINT_DIMENSIONS_MAX];
    for (size_t d = 0; d < blueprint->dimension_count; d++) {
        lengths[d] = blueprint->dimensions[d].length;
    }
    SCOPED(hdf_release)
    hid_t space = H5Screate_simple((int)blueprint->dimension_count, lengths, NULL);
    SCOPED(hdf_release) hid_t type = hdf_type(blueprint->storage);
    SCOPED(hdf_release) hid_t properties = blueprint_creation_properties(blueprint->storage);
    *dataset = H5Dcreate2(file, blueprint->name, type, space, H5P_DEFAULT, properties, H5P_DEFAULT);
    return *dataset >= 0
               ? STATUS_OK
               : hdf_fail(error, STATUS_STORAGE, "cannot create variable %s", blueprint->name);
}

/* Creates a dimension as a data set; `label` is what netCDF-4 expects of one with or without
 * coordinates. */
static enum status blueprint_add_dimension(hid_t file, const struct extent *dimension,
                                           enum hdf_storage storage, const char *label,
                                           const char *help, struct error *error) {
    const struct blueprint blueprint = {.name = dimension->name,
                                        .storage = storage,
                                        .dimension_count = 1,
                                        .dimensions = {*dimension}};
    SCOPED(hdf_release) hid_t scale = H5I_INVALID_HID;
    TRY(blueprint_create(file, &blueprint, &scale, error));
    if (H5DSset_scale(scale, label) < 0) {
        return hdf_fail(error, STATUS_STORAGE, "cannot create dimension %s", dimension->name);
    }
    return help == NULL ? STATUS_OK : hdf_write_text(scale, "long_name", help, error);
}

static enum status blueprint_attach(hid_t file, hid_t dataset, size_t axis,
                                    const struct extent *dimension, struct error *error) {
    char label[SCALE_NAME_BYTES];
    SCOPED(hdf_release) hid_t scale = H5I_INVALID_HID;
    (void)snprintf(label, sizeof label,
                   "This is a netCDF dimension but not a netCDF variable.%10zu", dimension->length);
    if (H5Lexists(file, dimension->name, H5P_DEFAULT) <= 0) {
        TRY(blueprint_add_dimension(file, dimension, HDF_UINT8, label, NULL, error));
    }
    TRY(hdf_open_dataset(file, dimension->name, &scale, error));
    return H5DSattach_scale(dataset, scale, (unsigned)axis) >= 0
               ? STATUS_OK
               : hdf_fail(error, STATUS_STORAGE, "cannot attach dimension %s", dimension->name);
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

enum status blueprint_add(hid_t file, const struct blueprint *blueprint, struct error *error) {
    SCOPED(hdf_release) hid_t dataset = H5I_INVALID_HID;
    TRY(blueprint_create(file, blueprint, &dataset, error));
    TRY_WITHIN(blueprint_describe(file, dataset, blueprint, error), error, "variable %s",
               blueprint->name);
    return STATUS_OK;
}

enum status blueprint_job_dimension(hid_t file, const struct shard *shard, struct error *error) {
    SCOPED(arena_free) struct arena arena = {0};
    const int64_t rows = shard_rows(shard);
    const struct extent job = {DIMENSION_JOB, (size_t)rows};
    int64_t *numbers;
    TRY(blueprint_add_dimension(file, &job, HDF_INT64, DIMENSION_JOB, "number of the job", error));
    TRY(ARENA_NEW(&arena, numbers, SLAB_ROWS, error));
    for (struct slab slab = slab_first(rows, SLAB_ROWS); slab.count > 0; slab_next(&slab)) {
        for (int64_t i = 0; i < slab.count; i++) {
            numbers[i] = shard_job(shard, slab.first + i);
        }
        TRY(hdf_write_rows(file, DIMENSION_JOB, HDF_INT64, slab.first, slab.count, numbers, error));
    }
    return STATUS_OK;
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
