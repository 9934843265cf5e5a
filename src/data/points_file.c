#include "data/points_file.h"

#include "data/csv.h"
#include "data/hdf5.h"
#include "parameter/file_reference.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { SIGNATURE_BYTES = 8 };
static const unsigned char HDF5_SIGNATURE[SIGNATURE_BYTES] = "\x89HDF\r\n\x1a\n";

/* Whether the file begins as HDF5 files do. */
static enum status points_has_signature(const char *path, bool *yes, struct error *error) {
    unsigned char start[SIGNATURE_BYTES];
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return error_set(error, STATUS_BAD_INPUT, "cannot open '%s': %s", path, strerror(errno));
    }
    struct stat about;
    if (fstat(fileno(file), &about) == 0 && !S_ISREG(about.st_mode)) {
        (void)fclose(file);
        *yes = false; /* what is read from a pipe is gone, and HDF5 cannot be */
        return STATUS_OK;
    }
    size_t length = fread(start, 1, sizeof start, file);
    bool failed = ferror(file) != 0;
    int cause = errno;
    (void)fclose(file); /* opened for reading: nothing can be lost */
    if (failed) {
        return error_set(error, STATUS_BAD_INPUT, "cannot read '%s': %s", path, strerror(cause));
    }
    *yes = length == sizeof start && memcmp(start, HDF5_SIGNATURE, sizeof start) == 0;
    return STATUS_OK;
}

enum status points_file_read(const struct file_reference *file, struct arena *arena,
                             struct points *points, struct error *error) {
    bool is_hdf5 = false;
    TRY(points_has_signature(file->path, &is_hdf5, error));
    if (is_hdf5) {
        return hdf5_read(file->path, file->dataset, arena, points, error);
    }
    if (file_reference_is_hdf5(file->path) || file->dataset[0] != '\0') {
        return error_set(error, STATUS_BAD_INPUT, "'%s' is not an HDF5 file", file->path);
    }
    return csv_read(file->path, arena, points, error);
}
