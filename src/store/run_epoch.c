#include "store/run_epoch.h"

#include "base/file.h"
#include "store/blueprint.h"
#include "store/format.h"
#include "store/reader.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum status run_epoch_create(hid_t file, struct error *error) {
    const struct blueprint blueprint = {
        .name = VARIABLE_LATEST_EPOCH,
        .storage = HDF_INT64,
        .unit = "1",
        .help = "number of the latest run; rows of `incarnation` carry the one that wrote them",
        .dimension_count = 0};
    return blueprint_add(file, &blueprint, error);
}

enum status run_epoch_place(hid_t file, off_t *place, struct error *error) {
    return hdf_place(file, VARIABLE_LATEST_EPOCH, place, error);
}

static enum status run_epoch_read_number(int descriptor, off_t place, int64_t *number,
                                         struct error *error) {
    ssize_t bytes = pread(descriptor, number, sizeof *number, place);
    return bytes == (ssize_t)sizeof *number
               ? STATUS_OK
               : error_set(error, STATUS_STORAGE, "cannot read the number of its latest run: %s",
                           bytes < 0 ? strerror(errno) : "the file has become shorter");
}

/* Locks a byte far beyond the file's end, beside that of results_lock, so that no two runs take the
 * same number. On a file system without locks nothing is locked. The lock ends with the descriptor.
 */
static void run_epoch_lock_number(int descriptor) {
    struct flock byte = {
        .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = INT64_MAX - 2, .l_len = 1};
    while (fcntl(descriptor, F_OFD_SETLKW, &byte) != 0 && errno == EINTR) {
    }
}

static enum status run_epoch_advance(int descriptor, off_t place, int64_t *number,
                                     struct error *error) {
    TRY(run_epoch_read_number(descriptor, place, number, error));
    (*number)++;
    return pwrite(descriptor, number, sizeof *number, place) == (ssize_t)sizeof *number &&
                   fsync(descriptor) == 0
               ? STATUS_OK
               : error_set(error, STATUS_STORAGE, "cannot write the number of a run: %s",
                           strerror(errno));
}

static enum status run_epoch_find_place(const char *path, off_t *place, struct error *error) {
    SCOPED(reader_release) struct results_reader *reader = NULL;
    TRY(reader_open(path, &reader, error));
    return run_epoch_place(reader->file, place, error);
}

enum status run_epoch_take(const char *path, int64_t *number, struct error *error) {
    off_t place;
    TRY(run_epoch_find_place(path, &place, error));
    SCOPED(file_release_descriptor) int descriptor = open(path, O_RDWR | O_CLOEXEC);
    if (descriptor < 0) {
        return error_set(error, STATUS_STORAGE, "cannot open %s for writing: %s", path,
                         strerror(errno));
    }
    run_epoch_lock_number(descriptor);
    TRY_WITHIN(run_epoch_advance(descriptor, place, number, error), error, "%s", path);
    return STATUS_OK;
}

enum status run_epoch_check(int descriptor, off_t place, int64_t number, struct error *error) {
    int64_t latest;
    TRY(run_epoch_read_number(descriptor, place, &latest, error));
    return latest == number
               ? STATUS_OK
               : error_set(error, STATUS_STORAGE,
                           "run %lld has taken over from this run, number %lld, which stops "
                           "writing; rows that it has written are kept",
                           (long long)latest, (long long)number);
}
