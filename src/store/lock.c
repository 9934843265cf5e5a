#include "store/lock.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

/* A byte far beyond the end of any file, since MPI-IO locks ranges of data on some file systems.
 * The lock belongs to the open file description: a plain POSIX lock would go when any descriptor of
 * the file is closed. */
static const struct flock last_byte = {
    .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = INT64_MAX - 1, .l_len = 1};

enum status results_lock(const char *path, int *lock, struct error *error) {
    *lock = -1;
    SCOPED(file_release_descriptor) int descriptor = open(path, O_RDWR | O_CLOEXEC);
    if (descriptor < 0) {
        return error_set(error, STATUS_STORAGE, "cannot open %s for writing: %s", path,
                         strerror(errno));
    }
    struct flock wanted = last_byte;
    if (fcntl(descriptor, F_OFD_SETLK, &wanted) == 0) {
        *lock = descriptor;
        descriptor = -1;
        return STATUS_OK;
    }
    return errno == EAGAIN || errno == EACCES
               ? error_set(error, STATUS_STORAGE,
                           "another run is writing %s; wait for it, or choose another file with "
                           "-o (see 'modsweep status %s')",
                           path, path)
               : STATUS_OK;
}

bool results_locked(const char *path) {
    struct flock found = last_byte;
    SCOPED(file_release_descriptor) int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    return descriptor >= 0 && fcntl(descriptor, F_OFD_GETLK, &found) == 0 &&
           found.l_type != F_UNLCK;
}

void results_unlock(int lock) {
    file_release_descriptor(&lock);
}
