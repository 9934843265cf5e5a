/**
 * @file
 * The few operations of HDF5 that the store needs, with our errors: every message carries HDF5's
 * own reason.
 */
#pragma once

#include "base/arena.h"
#include "store/layout.h"

#include <hdf5.h>
#include <stdint.h>
#include <sys/types.h>

/** How values are stored in the file: little-endian numbers, and texts as arrays of letters. */
enum hdf_storage {
    HDF_FLOAT64,
    HDF_FLOAT32,
    HDF_INT64,
    HDF_UINT64,
    HDF_UINT8,
    HDF_LETTER,
};

/** Stops HDF5 from printing its error stack on standard error. */
void hdf_quiet(void);

/** Sets the error: the printf-like message, then HDF5's innermost reason. Returns the status. */
enum status hdf_fail(struct error *error, enum status status, const char *format, ...)
    PRINTF_LIKE(3, 4);

/** Closes an identifier of any kind unless it is negative; for SCOPED. What is written must be
 * closed with a check instead: H5Fclose reports what could not be flushed. */
void hdf_release(hid_t *id);

/** Properties of a serial file access that takes no lock, so that readers never stop writers. */
hid_t hdf_serial_access(void);

/** A new datatype for the storage, for file and memory alike; the caller closes it. */
hid_t hdf_type(enum hdf_storage storage);

/** Opens a data set; the caller closes it. STATUS_STORAGE when there is none of that name. */
enum status hdf_open_dataset(hid_t file, const char *name, hid_t *dataset,
                             struct error *error) CHECKED;

enum { HDF_DIMENSIONS_MAX = 8 };

/** The lengths of a data set's dimensions; returns their number, or -1 when that is impossible. */
int hdf_shape(hid_t dataset, hsize_t lengths[static HDF_DIMENSIONS_MAX]);

/** How a variable of a record is stored. */
enum hdf_storage hdf_storage_of(enum variable_type type);

/** Writes a text attribute (UTF-8). */
enum status hdf_write_text(hid_t object, const char *name, const char *text,
                           struct error *error) CHECKED;

/** Writes an attribute of `count` values; a scalar when count is 1. */
enum status hdf_write_attribute(hid_t object, const char *name, enum hdf_storage storage,
                                size_t count, const void *values, struct error *error) CHECKED;

/** Reads a text attribute of fixed or variable length; owned by the arena. STATUS_STORAGE when
 * there is none of that name. */
enum status hdf_read_text(hid_t object, const char *name, struct arena *arena, const char **text,
                          struct error *error) CHECKED;

/** The same, but "" when there is no attribute of that name. */
enum status hdf_read_optional_text(hid_t object, const char *name, struct arena *arena,
                                   const char **text, struct error *error) CHECKED;

/** Reads a scalar attribute as unsigned 64-bit integer. */
enum status hdf_read_integer(hid_t object, const char *name, uint64_t *value,
                             struct error *error) CHECKED;

/** The same for a signed one. */
enum status hdf_read_signed(hid_t object, const char *name, int64_t *value,
                            struct error *error) CHECKED;

/** As hdf_read_integer, or `absent` when there is no attribute of that name. */
enum status hdf_read_optional(hid_t object, const char *name, uint64_t absent, uint64_t *value,
                              struct error *error) CHECKED;

/** Reads or writes rows first … first+count−1 (all of every other dimension) of the variable of
 * that name. */
enum status hdf_read_rows(hid_t file, const char *name, enum hdf_storage storage, int64_t first,
                          int64_t count, void *values, struct error *error) CHECKED;
enum status hdf_write_rows(hid_t file, const char *name, enum hdf_storage storage, int64_t first,
                           int64_t count, const void *values, struct error *error) CHECKED;

/** Where the values of a contiguous variable lie in the file, in bytes from its start: for
 * descriptors that bypass HDF5. */
enum status hdf_place(hid_t file, const char *name, off_t *place, struct error *error) CHECKED;
