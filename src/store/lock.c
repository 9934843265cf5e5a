#include "store/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

/* A byte that no file has: MPI-IO locks ranges of data on some file systems. An open file
 * description's lock, since closing any descriptor of the file would drop a plain POSIX one. */
static const struct flock last_byte = {
    .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = INT64_MAX - 1, .l_len = 1};

enum status results_lock(const char *path, int *lock, struct error *error) {
    *lock = open(path, O_RDWR | O_CLOEXEC);
    if (*lock < 0) {
        return error_set(error, STATUS_STORAGE, "cannot open %s for writing: %s", path,
                         strerror(errno));
    }
    struct flock wanted = last_byte;
    if (fcntl(*lock, F_OFD_SETLK, &wanted) == 0) {
        return STATUS_OK;
    }
    bool taken = errno == EAGAIN || errno == EACCES;
    (void)close(*lock);
    *lock = -1;
    return taken ? error_set(error, STATUS_STORAGE,
                             "another run is writing %s; wait for it, or choose another file with "
                             "-o (see 'modsweep status %s')",
                             path, path)
                 : STATUS_OK;
}

bool results_locked(const char *path) {
    struct flock found = last_byte;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        return false;
    }
    bool locked = fcntl(descriptor, F_OFD_GETLK, &found) == 0 && found.l_type != F_UNLCK;
    (void)close(descriptor);
    return locked;
}

void results_unlock(int lock) {
    if (lock >= 0) {
        (void)close(lock);
    }
}
