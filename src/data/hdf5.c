#include "data/hdf5.h"

#include "base/text.h"

#include <hdf5.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LISTED_MAX = 256, SHOWN_MAX = 5, RANK_MAX = 2 };

/* The data sets of a file, for messages. */
struct listing {
    struct arena *arena;
    const char *paths[LISTED_MAX];
    size_t count;
};

/* Called by HDF5 for every object; paths come without the leading slash. */
static herr_t hdf5_list_object(hid_t group, const char *name, const H5O_info_t *info,
                               void *context) {
    (void)group;
    struct listing *listing = context;
    if (info->type == H5O_TYPE_DATASET && listing->count < LISTED_MAX) {
        struct error ignored;
        const char *path = arena_format(listing->arena, &ignored, "/%s", name);
        if (path != NULL) {
            listing->paths[listing->count++] = path;
        }
    }
    return 0;
}

/* What the user may have meant: the nearest data set, or the first few. */
static enum status hdf5_unknown_dataset(hid_t file, const char *path, const char *dataset,
                                        struct arena *arena, struct error *error) {
    struct listing listing = {.arena = arena};
    if (H5Ovisit2(file, H5_INDEX_NAME, H5_ITER_INC, hdf5_list_object, &listing, H5O_INFO_BASIC) <
        0) {
        return error_set(error, STATUS_BAD_INPUT, "cannot list the data sets of '%s'", path);
    }
    char hint[512] = "";
    const char *nearest = text_nearest(dataset, listing.paths, listing.count);
    if (nearest != NULL) {
        (void)snprintf(hint, sizeof hint, "did you mean '%s:%s'?", path, nearest);
    } else {
        size_t used = 0;
        for (size_t i = 0; i < listing.count && i < SHOWN_MAX && used < sizeof hint; i++) {
            int wrote = snprintf(hint + used, sizeof hint - used, "%s%s",
                                 i == 0 ? "it holds " : ", ", listing.paths[i]);
            used += wrote < 0 ? sizeof hint : (size_t)wrote;
        }
        if (listing.count == 0) {
            (void)snprintf(hint, sizeof hint, "it holds no data set");
        } else if (listing.count > SHOWN_MAX && used + sizeof ", ..." <= sizeof hint) {
            (void)snprintf(hint + used, sizeof hint - used, ", ...");
        }
    }
    if (dataset[0] == '\0') {
        return error_set(error, STATUS_BAD_INPUT,
                         "'%s' is an HDF5 file: expected a data set after a colon, '%s:/path'; %s",
                         path, path, hint);
    }
    return error_set(error, STATUS_BAD_INPUT, "'%s' has no data set '%s'; %s", path, dataset, hint);
}

static enum status hdf5_check_finite(const char *path, const char *dataset,
                                     const struct points *points, struct error *error) {
    for (size_t k = 0; k < points->rows * points->columns; k++) {
        if (!isfinite(points->values[k])) {
            return error_set(error, STATUS_BAD_INPUT,
                             "%s:%s: row %zu, column %zu is %s, expected a finite number", path,
                             dataset, k / points->columns + 1, k % points->columns + 1,
                             isnan(points->values[k]) ? "NaN" : "infinite");
        }
    }
    return STATUS_OK;
}

static enum status hdf5_check_type(hid_t set, const char *path, const char *dataset,
                                   struct error *error) {
    hid_t type = H5Dget_type(set);
    H5T_class_t kind = H5Tget_class(type);
    if (type < 0 || H5Tclose(type) < 0 || (kind != H5T_INTEGER && kind != H5T_FLOAT)) {
        return error_set(error, STATUS_BAD_INPUT, "%s:%s does not hold integers or floats", path,
                         dataset);
    }
    return STATUS_OK;
}

/* Rows and columns of a data set in one or two dimensions. */
static enum status hdf5_read_shape(hid_t set, const char *path, const char *dataset,
                                   struct points *points, struct error *error) {
    hsize_t extent[RANK_MAX] = {0, 1};
    hid_t space = H5Dget_space(set);
    int rank = H5Sget_simple_extent_ndims(space);
    if (rank >= 1 && rank <= RANK_MAX && H5Sget_simple_extent_dims(space, extent, NULL) < 0) {
        rank = -1;
    }
    if (space < 0 || H5Sclose(space) < 0 || rank < 0) {
        return error_set(error, STATUS_BAD_INPUT, "%s:%s: cannot read its shape", path, dataset);
    }
    if (rank == 0 || rank > RANK_MAX) {
        return error_set(error, STATUS_BAD_INPUT,
                         "%s:%s has %d dimensions, expected rows and columns", path, dataset, rank);
    }
    if (extent[0] == 0 || extent[1] == 0) {
        return error_set(error, STATUS_BAD_INPUT, "%s:%s is empty: expected rows of numbers", path,
                         dataset);
    }
    *points = (struct points){.rows = (size_t)extent[0], .columns = (size_t)extent[1]};
    return STATUS_OK;
}

static enum status hdf5_read_set(hid_t set, const char *path, const char *dataset,
                                 struct arena *arena, struct points *points, struct error *error) {
    TRY(hdf5_check_type(set, path, dataset, error));
    TRY(hdf5_read_shape(set, path, dataset, points, error));
    if (points->columns > SIZE_MAX / sizeof(double) / points->rows) {
        return error_set(error, STATUS_BAD_INPUT, "%s:%s is too large for memory", path, dataset);
    }
    TRY(ARENA_NEW(arena, points->values, points->rows * points->columns, error));
    if (H5Dread(set, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, points->values) < 0) {
        return error_set(error, STATUS_BAD_INPUT, "%s:%s: cannot be read; is the file whole?", path,
                         dataset);
    }
    return hdf5_check_finite(path, dataset, points, error);
}

static enum status hdf5_read_file(hid_t file, const char *path, const char *dataset,
                                  struct arena *arena, struct points *points, struct error *error) {
    hid_t set = dataset[0] == '\0' ? H5I_INVALID_HID : H5Dopen2(file, dataset, H5P_DEFAULT);
    if (set < 0) {
        return hdf5_unknown_dataset(file, path, dataset, arena, error);
    }
    enum status status = hdf5_read_set(set, path, dataset, arena, points, error);
    if (H5Dclose(set) < 0 && status == STATUS_OK) {
        status = error_set(error, STATUS_BAD_INPUT, "%s:%s: cannot be closed", path, dataset);
    }
    return status;
}

static hid_t hdf5_open_unlocked(const char *path) {
    hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    hid_t file = H5I_INVALID_HID;
    if (access >= 0 && H5Pset_file_locking(access, false, true) >= 0) {
        file = H5Fopen(path, H5F_ACC_RDONLY, access);
    }
    if (access >= 0) {
        (void)H5Pclose(access); /* nothing follows from its failure */
    }
    return file;
}

enum status hdf5_read(const char *path, const char *dataset, struct arena *arena,
                      struct points *points, struct error *error) {
    enum status status = STATUS_OK;
    /* Errors are reported in our own words: keep HDF5 from printing its own. */
    H5E_BEGIN_TRY {
        hid_t file = hdf5_open_unlocked(path);
        if (file < 0) {
            status = error_set(error, STATUS_BAD_INPUT,
                               "cannot open '%s' as an HDF5 file; is it whole?", path);
        } else {
            status = hdf5_read_file(file, path, dataset, arena, points, error);
            if (H5Fclose(file) < 0 && status == STATUS_OK) {
                status = error_set(error, STATUS_BAD_INPUT, "cannot close '%s'", path);
            }
        }
    }
    H5E_END_TRY
    return status;
}
