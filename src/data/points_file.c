#include "data/points_file.h"

#include "base/file.h"
#include "data/csv.h"
#include "data/hdf5.h"
#include "parameter/file_reference.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>

enum { SIGNATURE_BYTES = 8 };
static const unsigned char HDF5_SIGNATURE[SIGNATURE_BYTES] = "\x89HDF\r\n\x1a\n";

/* Whether the file begins as HDF5 files do. */
static enum status points_file_has_signature(const char *path, bool *yes, struct error *error) {
    unsigned char start[SIGNATURE_BYTES];
    SCOPED(file_release) FILE *file = NULL;
    struct stat about;
    TRY(file_open(path, &file, NULL, error));
    *yes = false;
    if (fstat(fileno(file), &about) == 0 && !S_ISREG(about.st_mode)) {
        return STATUS_OK; /* bytes read from a pipe are gone; and HDF5 cannot read pipes */
    }
    size_t length = fread(start, 1, sizeof start, file);
    if (ferror(file) != 0) {
        return error_set(error, STATUS_BAD_INPUT, "cannot read '%s': %s", path, strerror(errno));
    }
    *yes = length == sizeof start && memcmp(start, HDF5_SIGNATURE, sizeof start) == 0;
    return STATUS_OK;
}

enum status points_file_read(const struct file_reference *file, struct arena *arena,
                             struct points *points, struct error *error) {
    bool is_hdf5 = false;
    TRY(points_file_has_signature(file->path, &is_hdf5, error));
    if (is_hdf5) {
        return hdf5_read(file->path, file->dataset, arena, points, error);
    }
    if (file_reference_is_hdf5(file->path) || file->dataset[0] != '\0') {
        return error_set(error, STATUS_BAD_INPUT, "'%s' is not an HDF5 file", file->path);
    }
    return csv_read(file->path, arena, points, error);
}
