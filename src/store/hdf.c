#include "store/hdf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
    REASON_BYTES = 256,
    /* An object header holds attributes up to 64 KiB; longer texts go to the heap. */
    LONGEST_INLINE_TEXT_BYTES = 32 * 1024,
};

void hdf_quiet(void) {
    (void)H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
}

static herr_t hdf_keep_innermost(unsigned depth, const H5E_error2_t *entry, void *reason) {
    if (depth == 0 && entry->desc != NULL) {
        (void)snprintf(reason, REASON_BYTES, "%s", entry->desc);
    }
    return 0;
}

enum status hdf_fail(struct error *error, enum status status, const char *format, ...) {
    char reason[REASON_BYTES] = "";
    (void)H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, hdf_keep_innermost, reason);
    (void)H5Eclear2(H5E_DEFAULT);
    va_list arguments;
    va_start(arguments, format);
    (void)error_vset(error, status, format, arguments);
    va_end(arguments);
    return reason[0] == '\0' ? status : error_append(error, " (HDF5: %s)", reason);
}

void hdf_release(hid_t *id) {
    if (*id >= 0) {
        (void)H5Idec_ref(*id);
    }
    *id = H5I_INVALID_HID;
}

hid_t hdf_serial_access(void) {
    hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    if (access >= 0 && (H5Pset_file_locking(access, false, true) < 0 ||
                        H5Pset_fclose_degree(access, H5F_CLOSE_STRONG) < 0)) {
        hdf_release(&access);
    }
    return access;
}

hid_t hdf_type(enum hdf_storage storage) {
    switch (storage) {
    case HDF_FLOAT64:
        return H5Tcopy(H5T_IEEE_F64LE);
    case HDF_FLOAT32:
        return H5Tcopy(H5T_IEEE_F32LE);
    case HDF_INT64:
        return H5Tcopy(H5T_STD_I64LE);
    case HDF_UINT64:
        return H5Tcopy(H5T_STD_U64LE);
    case HDF_UINT8:
        return H5Tcopy(H5T_STD_U8LE);
    case HDF_LETTER:
        break;
    }
    return H5Tcopy(H5T_C_S1);
}

enum hdf_storage hdf_storage_of(enum variable_type type) {
    switch (type) {
    case VARIABLE_FLOAT32:
        return HDF_FLOAT32;
    case VARIABLE_INT64:
        return HDF_INT64;
    case VARIABLE_FLOAT64:
        break;
    }
    return HDF_FLOAT64;
}

enum status hdf_open_dataset(hid_t file, const char *name, hid_t *dataset, struct error *error) {
    *dataset = H5Lexists(file, name, H5P_DEFAULT) > 0 ? H5Dopen2(file, name, H5P_DEFAULT) : -1;
    return *dataset >= 0 ? STATUS_OK
                         : hdf_fail(error, STATUS_STORAGE, "there is no variable %s", name);
}

int hdf_shape(hid_t dataset, hsize_t lengths[static HDF_DIMENSIONS_MAX]) {
    SCOPED(hdf_release) hid_t space = H5Dget_space(dataset);
    int count = H5Sget_simple_extent_ndims(space);
    return count <= HDF_DIMENSIONS_MAX && H5Sget_simple_extent_dims(space, lengths, NULL) == count
               ? count
               : -1;
}

static enum status hdf_put_attribute(hid_t object, const char *name, hid_t type, hid_t space,
                                     const void *values, struct error *error) {
    SCOPED(hdf_release)
    hid_t attribute = H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
    return attribute >= 0 && H5Awrite(attribute, type, values) >= 0
               ? STATUS_OK
               : hdf_fail(error, STATUS_STORAGE, "cannot write attribute %s", name);
}

enum status hdf_write_text(hid_t object, const char *name, const char *text, struct error *error) {
    size_t length = strlen(text);
    bool in_heap = length > LONGEST_INLINE_TEXT_BYTES;
    SCOPED(hdf_release) hid_t type = H5Tcopy(H5T_C_S1);
    SCOPED(hdf_release) hid_t space = H5Screate(H5S_SCALAR);
    if (H5Tset_size(type, in_heap ? H5T_VARIABLE : length + (length == 0)) < 0 ||
        H5Tset_cset(type, H5T_CSET_UTF8) < 0) {
        return hdf_fail(error, STATUS_STORAGE, "cannot describe attribute %s", name);
    }
    const void *value = in_heap ? (const void *)&text : (const void *)text;
    return hdf_put_attribute(object, name, type, space, value, error);
}

enum status hdf_write_attribute(hid_t object, const char *name, enum hdf_storage storage,
                                size_t count, const void *values, struct error *error) {
    hsize_t length = count;
    SCOPED(hdf_release) hid_t type = hdf_type(storage);
    SCOPED(hdf_release)
    hid_t space = count == 1 ? H5Screate(H5S_SCALAR) : H5Screate_simple(1, &length, NULL);
    return hdf_put_attribute(object, name, type, space, values, error);
}

static enum status hdf_open_attribute(hid_t object, const char *name, hid_t *attribute,
                                      struct error *error) {
    *attribute = H5Aexists(object, name) > 0 ? H5Aopen(object, name, H5P_DEFAULT) : -1;
    return *attribute >= 0 ? STATUS_OK
                           : hdf_fail(error, STATUS_STORAGE, "there is no attribute %s", name);
}

static enum status hdf_get_attribute(hid_t attribute, const char *name, hid_t type, void *value,
                                     struct error *error) {
    return H5Aread(attribute, type, value) >= 0
               ? STATUS_OK
               : hdf_fail(error, STATUS_STORAGE, "cannot read attribute %s", name);
}

enum status hdf_read_text(hid_t object, const char *name, struct arena *arena, const char **text,
                          struct error *error) {
    SCOPED(hdf_release) hid_t attribute = H5I_INVALID_HID;
    TRY(hdf_open_attribute(object, name, &attribute, error));
    SCOPED(hdf_release) hid_t type = H5Aget_type(attribute);
    if (type < 0 || H5Tget_class(type) != H5T_STRING) {
        return hdf_fail(error, STATUS_STORAGE, "attribute %s is not a text", name);
    }
    char *value = NULL;
    if (H5Tis_variable_str(type) > 0) {
        TRY(hdf_get_attribute(attribute, name, type, &value, error));
        enum status status = arena_strdup(arena, value == NULL ? "" : value, text, error);
        (void)H5free_memory(value);
        return status;
    }
    TRY(ARENA_NEW(arena, value, H5Tget_size(type) + 1, error));
    *text = value;
    return hdf_get_attribute(attribute, name, type, value, error);
}

enum status hdf_read_optional_text(hid_t object, const char *name, struct arena *arena,
                                   const char **text, struct error *error) {
    *text = "";
    return H5Aexists(object, name) > 0 ? hdf_read_text(object, name, arena, text, error)
                                       : STATUS_OK;
}

static enum status hdf_read_number(hid_t object, const char *name, hid_t type, void *value,
                                   struct error *error) {
    SCOPED(hdf_release) hid_t attribute = H5I_INVALID_HID;
    TRY(hdf_open_attribute(object, name, &attribute, error));
    return hdf_get_attribute(attribute, name, type, value, error);
}

enum status hdf_read_integer(hid_t object, const char *name, uint64_t *value, struct error *error) {
    return hdf_read_number(object, name, H5T_NATIVE_UINT64, value, error);
}

enum status hdf_read_signed(hid_t object, const char *name, int64_t *value, struct error *error) {
    return hdf_read_number(object, name, H5T_NATIVE_INT64, value, error);
}

enum status hdf_read_optional(hid_t object, const char *name, uint64_t absent, uint64_t *value,
                              struct error *error) {
    *value = absent;
    return H5Aexists(object, name) > 0 ? hdf_read_integer(object, name, value, error) : STATUS_OK;
}

/* Reads or writes rows: one of the two arrays is not NULL. */
static enum status hdf_transfer_rows(hid_t file, const char *name, enum hdf_storage storage,
                                     int64_t first, int64_t count, void *read, const void *write,
                                     struct error *error) {
    hsize_t start[HDF_DIMENSIONS_MAX] = {(hsize_t)first};
    hsize_t block[HDF_DIMENSIONS_MAX];
    SCOPED(hdf_release) hid_t dataset = H5I_INVALID_HID;
    TRY(hdf_open_dataset(file, name, &dataset, error));
    int dimensions = hdf_shape(dataset, block);
    block[0] = (hsize_t)count;
    SCOPED(hdf_release) hid_t type = hdf_type(storage);
    SCOPED(hdf_release) hid_t there = H5Dget_space(dataset);
    SCOPED(hdf_release)
    hid_t here = dimensions < 1 ? -1 : H5Screate_simple(dimensions, block, NULL);
    if (here < 0 || H5Sselect_hyperslab(there, H5S_SELECT_SET, start, NULL, block, NULL) < 0 ||
        (read != NULL ? H5Dread(dataset, type, here, there, H5P_DEFAULT, read)
                      : H5Dwrite(dataset, type, here, there, H5P_DEFAULT, write)) < 0) {
        return hdf_fail(error, STATUS_STORAGE, "%s: cannot %s rows %lld to %lld", name,
                        read != NULL ? "read" : "write", (long long)first,
                        (long long)(first + count - 1));
    }
    return STATUS_OK;
}

enum status hdf_read_rows(hid_t file, const char *name, enum hdf_storage storage, int64_t first,
                          int64_t count, void *values, struct error *error) {
    return hdf_transfer_rows(file, name, storage, first, count, values, NULL, error);
}

enum status hdf_write_rows(hid_t file, const char *name, enum hdf_storage storage, int64_t first,
                           int64_t count, const void *values, struct error *error) {
    return hdf_transfer_rows(file, name, storage, first, count, NULL, values, error);
}

enum status hdf_place(hid_t file, const char *name, off_t *place, struct error *error) {
    SCOPED(hdf_release) hid_t dataset = H5I_INVALID_HID;
    TRY(hdf_open_dataset(file, name, &dataset, error));
    haddr_t offset = H5Dget_offset(dataset);
    *place = (off_t)offset;
    return offset == HADDR_UNDEF ? hdf_fail(error, STATUS_STORAGE, "variable %s has no place", name)
                                 : STATUS_OK;
}
