#include "store/hdf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
    REASON_BYTES = 256,
    /* An object header holds attributes up to 64 KiB; longer texts go to the heap. */
    LONGEST_INLINE_TEXT_BYTES = 32 * 1024,
    ROW_RANK_MAX = 8,
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

void hdf_close(hid_t id) {
    if (id >= 0) {
        (void)H5Idec_ref(id);
    }
}

hid_t hdf_serial_access(void) {
    hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    if (access >= 0 && (H5Pset_file_locking(access, false, true) < 0 ||
                        H5Pset_fclose_degree(access, H5F_CLOSE_STRONG) < 0)) {
        hdf_close(access);
        return H5I_INVALID_HID;
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

static enum status hdf_put_attribute(hid_t object, const char *name, hid_t type, hid_t space,
                                     const void *values, struct error *error) {
    hid_t attribute = H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
    herr_t written = attribute < 0 ? -1 : H5Awrite(attribute, type, values);
    enum status status = STATUS_OK;
    if (written < 0) {
        status = hdf_fail(error, STATUS_STORAGE, "cannot write attribute %s", name);
    }
    hdf_close(attribute);
    return status;
}

enum status hdf_write_text(hid_t object, const char *name, const char *text, struct error *error) {
    size_t length = strlen(text);
    bool in_heap = length > LONGEST_INLINE_TEXT_BYTES;
    hid_t type = H5Tcopy(H5T_C_S1);
    hid_t space = H5Screate(H5S_SCALAR);
    enum status status = STATUS_OK;
    if (H5Tset_size(type, in_heap ? H5T_VARIABLE : length + (length == 0)) < 0 ||
        H5Tset_cset(type, H5T_CSET_UTF8) < 0) {
        status = hdf_fail(error, STATUS_STORAGE, "cannot describe attribute %s", name);
    } else {
        const void *value = in_heap ? (const void *)&text : (const void *)text;
        status = hdf_put_attribute(object, name, type, space, value, error);
    }
    hdf_close(space);
    hdf_close(type);
    return status;
}

enum status hdf_write_attribute(hid_t object, const char *name, enum hdf_storage storage,
                                size_t count, const void *values, struct error *error) {
    hsize_t length = count;
    hid_t type = hdf_type(storage);
    hid_t space = count == 1 ? H5Screate(H5S_SCALAR) : H5Screate_simple(1, &length, NULL);
    enum status status = hdf_put_attribute(object, name, type, space, values, error);
    hdf_close(space);
    hdf_close(type);
    return status;
}

static enum status hdf_get_text(hid_t attribute, const char *name, struct arena *arena,
                                const char **text, struct error *error) {
    hid_t type = H5Aget_type(attribute);
    enum status status = STATUS_OK;
    char *copy = NULL;
    if (type < 0 || H5Tget_class(type) != H5T_STRING) {
        status = hdf_fail(error, STATUS_STORAGE, "attribute %s is not a text", name);
    } else if (H5Tis_variable_str(type) > 0) {
        char *value = NULL;
        if (H5Aread(attribute, type, &value) < 0) {
            status = hdf_fail(error, STATUS_STORAGE, "cannot read attribute %s", name);
        } else {
            copy = arena_string(arena, value == NULL ? "" : value, error);
            (void)H5free_memory(value);
        }
    } else {
        copy = arena_allocate(arena, H5Tget_size(type) + 1, 1, error);
        if (copy != NULL && H5Aread(attribute, type, copy) < 0) {
            status = hdf_fail(error, STATUS_STORAGE, "cannot read attribute %s", name);
        }
    }
    hdf_close(type);
    *text = copy;
    return status == STATUS_OK && copy == NULL ? error_status(error) : status;
}

enum status hdf_read_text(hid_t object, const char *name, struct arena *arena, const char **text,
                          struct error *error) {
    hid_t attribute = H5Aexists(object, name) > 0 ? H5Aopen(object, name, H5P_DEFAULT) : -1;
    if (attribute < 0) {
        return hdf_fail(error, STATUS_STORAGE, "there is no attribute %s", name);
    }
    enum status status = hdf_get_text(attribute, name, arena, text, error);
    hdf_close(attribute);
    return status;
}

static enum status hdf_read_number(hid_t object, const char *name, hid_t type, void *value,
                                   struct error *error) {
    hid_t attribute = H5Aexists(object, name) > 0 ? H5Aopen(object, name, H5P_DEFAULT) : -1;
    enum status status = STATUS_OK;
    if (attribute < 0) {
        status = hdf_fail(error, STATUS_STORAGE, "there is no attribute %s", name);
    } else if (H5Aread(attribute, type, value) < 0) {
        status = hdf_fail(error, STATUS_STORAGE, "cannot read attribute %s", name);
    }
    hdf_close(attribute);
    return status;
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

enum status hdf_open_dataset(hid_t file, const char *name, hid_t *dataset, struct error *error) {
    *dataset = H5Lexists(file, name, H5P_DEFAULT) > 0 ? H5Dopen2(file, name, H5P_DEFAULT) : -1;
    if (*dataset < 0) {
        return hdf_fail(error, STATUS_STORAGE, "there is no variable %s", name);
    }
    return STATUS_OK;
}

/* Selects rows of a data set's space and makes the matching memory space. */
static hid_t hdf_select_rows(hid_t space, int64_t first, int64_t count) {
    hsize_t extents[ROW_RANK_MAX];
    int rank = H5Sget_simple_extent_ndims(space);
    if (rank < 1 || rank > ROW_RANK_MAX ||
        H5Sget_simple_extent_dims(space, extents, NULL) != rank) {
        return H5I_INVALID_HID;
    }
    hsize_t start[ROW_RANK_MAX] = {(hsize_t)first};
    extents[0] = (hsize_t)count;
    if (H5Sselect_hyperslab(space, H5S_SELECT_SET, start, NULL, extents, NULL) < 0) {
        return H5I_INVALID_HID;
    }
    return H5Screate_simple(rank, extents, NULL);
}

enum status hdf_read_rows(hid_t dataset, enum hdf_storage storage, int64_t first, int64_t count,
                          void *values, struct error *error) {
    hid_t type = hdf_type(storage);
    hid_t space = H5Dget_space(dataset);
    hid_t memory = hdf_select_rows(space, first, count);
    enum status status = STATUS_OK;
    if (memory < 0 || H5Dread(dataset, type, memory, space, H5P_DEFAULT, values) < 0) {
        status = hdf_fail(error, STATUS_STORAGE, "cannot read rows %lld to %lld", (long long)first,
                          (long long)(first + count - 1));
    }
    hdf_close(memory);
    hdf_close(space);
    hdf_close(type);
    return status;
}

enum status hdf_write_rows(hid_t dataset, enum hdf_storage storage, int64_t first, int64_t count,
                           const void *values, struct error *error) {
    hid_t type = hdf_type(storage);
    hid_t space = H5Dget_space(dataset);
    hid_t memory = hdf_select_rows(space, first, count);
    enum status status = STATUS_OK;
    if (memory < 0 || H5Dwrite(dataset, type, memory, space, H5P_DEFAULT, values) < 0) {
        status = hdf_fail(error, STATUS_STORAGE, "cannot write rows %lld to %lld", (long long)first,
                          (long long)(first + count - 1));
    }
    hdf_close(memory);
    hdf_close(space);
    hdf_close(type);
    return status;
}
