#include "data/hdf5.h"

#include "base/text.h"

#include <hdf5.h>
#include <math.h>

enum { LISTED_MAX = 256, SHOWN_MAX = 5, RANK_MAX = 2 };

/* The data sets of a file, for messages. */
struct listing {
    struct arena *arena;
    const char *paths[LISTED_MAX];
    size_t count;
    enum status status;
    struct error *error;
};

/* Called by HDF5 for every object; paths come without the leading slash. */
static herr_t hdf5_list_object(hid_t group, const char *name, const H5O_info_t *info,
                               void *context) {
    (void)group;
    struct listing *listing = context;
    if (info->type == H5O_TYPE_DATASET && listing->count < LISTED_MAX) {
        listing->status = arena_printf(listing->arena, &listing->paths[listing->count++],
                                       listing->error, "/%s", name);
    }
    return listing->status == STATUS_OK ? 0 : -1;
}

static enum status hdf5_list(hid_t file, const char *path, struct listing *listing,
                             struct error *error) {
    herr_t end =
        H5Ovisit2(file, H5_INDEX_NAME, H5_ITER_INC, hdf5_list_object, listing, H5O_INFO_BASIC);
    TRY(listing->status);
    return end < 0 ? error_set(error, STATUS_BAD_INPUT, "cannot list the data sets of '%s'", path)
                   : STATUS_OK;
}

/* What the user may have meant: the nearest data set, or the first few. */
static enum status hdf5_make_hint(const struct listing *listing, const char *path,
                                  const char *dataset, const char **hint, struct error *error) {
    const char *nearest = text_nearest(dataset, listing->paths, listing->count);
    if (nearest != NULL) {
        return arena_printf(listing->arena, hint, error, "did you mean '%s:%s'?", path, nearest);
    }
    *hint = listing->count == 0 ? "it holds no data set" : "it holds ";
    for (size_t i = 0; i < listing->count && i < SHOWN_MAX; i++) {
        TRY(arena_printf(listing->arena, hint, error, "%s%s%s", *hint, i == 0 ? "" : ", ",
                         listing->paths[i]));
    }
    return listing->count > SHOWN_MAX ? arena_printf(listing->arena, hint, error, "%s, ...", *hint)
                                      : STATUS_OK;
}

static enum status hdf5_unknown_dataset(hid_t file, const char *path, const char *dataset,
                                        struct arena *arena, struct error *error) {
    struct listing listing = {.arena = arena, .error = error};
    const char *hint;
    TRY(hdf5_list(file, path, &listing, error));
    TRY(hdf5_make_hint(&listing, path, dataset, &hint, error));
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

/* Closes an object of any kind. Nothing was written, so nothing follows from a failure. */
static void hdf5_release(const hid_t *object) {
    if (*object >= 0) {
        (void)H5Idec_ref(*object);
    }
}

static enum status hdf5_check_type(hid_t set, const char *path, const char *dataset,
                                   struct error *error) {
    SCOPED(hdf5_release) hid_t type = H5Dget_type(set);
    H5T_class_t kind = H5Tget_class(type);
    if (type < 0 || (kind != H5T_INTEGER && kind != H5T_FLOAT)) {
        return error_set(error, STATUS_BAD_INPUT, "%s:%s does not hold integers or floats", path,
                         dataset);
    }
    return STATUS_OK;
}

/* Rows and columns of a data set in one or two dimensions. */
static enum status hdf5_read_shape(hid_t set, const char *path, const char *dataset,
                                   struct points *points, struct error *error) {
    hsize_t extent[RANK_MAX] = {0, 1};
    SCOPED(hdf5_release) hid_t space = H5Dget_space(set);
    int rank = H5Sget_simple_extent_ndims(space);
    bool fits = rank >= 1 && rank <= RANK_MAX;
    if (rank < 0 || (fits && H5Sget_simple_extent_dims(space, extent, NULL) < 0)) {
        return error_set(error, STATUS_BAD_INPUT, "%s:%s: cannot read its shape", path, dataset);
    }
    if (!fits) {
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

static enum status hdf5_read_dataset(hid_t file, const char *path, const char *dataset,
                                     struct arena *arena, struct points *points,
                                     struct error *error) {
    SCOPED(hdf5_release)
    hid_t set = dataset[0] == '\0' ? H5I_INVALID_HID : H5Dopen2(file, dataset, H5P_DEFAULT);
    if (set < 0) {
        return hdf5_unknown_dataset(file, path, dataset, arena, error);
    }
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

static hid_t hdf5_open_unlocked(const char *path) {
    SCOPED(hdf5_release) hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    return access >= 0 && H5Pset_file_locking(access, false, true) >= 0
               ? H5Fopen(path, H5F_ACC_RDONLY, access)
               : H5I_INVALID_HID;
}

static enum status hdf5_read_file(const char *path, const char *dataset, struct arena *arena,
                                  struct points *points, struct error *error) {
    SCOPED(hdf5_release) hid_t file = hdf5_open_unlocked(path);
    return file < 0 ? error_set(error, STATUS_BAD_INPUT,
                                "cannot open '%s' as an HDF5 file; is it whole?", path)
                    : hdf5_read_dataset(file, path, dataset, arena, points, error);
}

enum status hdf5_read(const char *path, const char *dataset, struct arena *arena,
                      struct points *points, struct error *error) {
    enum status status;
    /* Errors are reported in our own words: keep HDF5 from printing its own. */
    H5E_BEGIN_TRY {
        status = hdf5_read_file(path, dataset, arena, points, error);
    }
    H5E_END_TRY
    return status;
}
