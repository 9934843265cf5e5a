#include "store/make.h"

#include "base/file.h"
#include "store/columns.h"
#include "store/temporary.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ANYONE_READS = 0666 };

static enum status make_cannot_create(const char *path, struct error *error) {
    return error_set(error, STATUS_STORAGE, "cannot create %s: %s", path,
                     errno == ENOENT ? "its folder does not exist" : strerror(errno));
}

enum status make_check(const char *path, struct error *error) {
    SCOPED(arena_free) struct arena arena = {0};
    const char *folder;
    if (path[0] == '\0') {
        return error_set(error, STATUS_BAD_INPUT, "a results file needs a name; got ''");
    }
    TRY(file_folder(path, &arena, &folder, error));
    return access(folder[0] == '\0' ? "." : folder, W_OK | X_OK) == 0
               ? STATUS_OK
               : make_cannot_create(path, error);
}

/* Asks the system first: its reasons (no folder, no permission) are clearer than HDF5's. */
static enum status make_open_temporary(const char *path, const char *temporary, int *descriptor,
                                       struct error *error) {
    struct stat found;
    TRY(make_check(path, error));
    if (lstat(path, &found) == 0) {
        return error_set(error, STATUS_STORAGE, "%s exists already and is not replaced", path);
    }
    *descriptor = open(temporary, O_CREAT | O_RDWR | O_TRUNC | O_CLOEXEC, ANYONE_READS);
    return *descriptor < 0 ? make_cannot_create(path, error) : STATUS_OK;
}

static hid_t make_file_properties(void) {
    const unsigned in_order = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
    hid_t properties = H5Pcreate(H5P_FILE_CREATE);
    if (H5Pset_link_creation_order(properties, in_order) < 0 ||
        H5Pset_obj_track_times(properties, false) < 0) {
        hdf_release(&properties);
    }
    return properties;
}

/* Reserves room on the disk before HDF5 writes: HDF5 1.10 keeps what it could not write to a full
 * disk and crashes when the process ends. On file systems that cannot reserve, posix_fallocate
 * writes a byte into every block. */
static enum status make_reserve(int descriptor, const struct make_request *request,
                                struct error *error) {
    uint64_t bytes = metadata_size_bound(request->origin, request->layout);
    if (__builtin_add_overflow(bytes, request->more_bytes, &bytes)) {
        bytes = UINT64_MAX;
    }
    int failure = bytes > INT64_MAX ? EFBIG : posix_fallocate(descriptor, 0, (off_t)bytes);
    return failure == 0 ? STATUS_OK
                        : error_set(error, STATUS_STORAGE, "no room for up to %llu bytes: %s",
                                    (unsigned long long)bytes, strerror(failure));
}

static enum status make_write_everything(hid_t file, int descriptor,
                                         const struct make_request *request, struct error *error) {
    TRY(make_reserve(descriptor, request, error));
    TRY(metadata_attributes(file, request->origin, request->layout, error));
    TRY(columns_create(file, request->origin, error));
    TRY(metadata_variables(file, request->origin, request->layout, error));
    TRY(request->fill(file, request->context, error));
    return H5Fflush(file, H5F_SCOPE_GLOBAL) < 0 ? hdf_fail(error, STATUS_STORAGE, "cannot flush")
                                                : STATUS_OK;
}

/* Reserves once before HDF5, which replaces the file and gives the room back, and once after. */
static enum status make_write_file(int descriptor, const char *temporary,
                                   const struct make_request *request, struct error *error) {
    TRY(make_reserve(descriptor, request, error));
    SCOPED(hdf_release) hid_t access = hdf_serial_access();
    SCOPED(hdf_release) hid_t properties = make_file_properties();
    hid_t file = H5Fcreate(temporary, H5F_ACC_TRUNC, properties, access);
    if (file < 0) {
        return hdf_fail(error, STATUS_STORAGE, "cannot create");
    }
    enum status status = make_write_everything(file, descriptor, request, error);
    bool closed = H5Fclose(file) >= 0; /* what could not be written until now is lost */
    TRY(status);
    return closed ? STATUS_OK : hdf_fail(error, STATUS_STORAGE, "cannot close");
}

/* H5Fclose may return 0 although not all was written, so the file is opened again. Tells where HDF5
 * ends the file. */
static enum status make_verify(const char *temporary, haddr_t *end, struct error *error) {
    SCOPED(hdf_release) hid_t access = hdf_serial_access();
    SCOPED(hdf_release) hid_t file = H5Fopen(temporary, H5F_ACC_RDONLY, access);
    return file >= 0 && H5Fget_eoa(file, end) >= 0
               ? STATUS_OK
               : hdf_fail(error, STATUS_STORAGE, "cannot be read back");
}

/* Releases room that was reserved beyond the end, and waits for the disk. */
static enum status make_finish(int descriptor, haddr_t end, struct error *error) {
    return ftruncate(descriptor, (off_t)end) == 0 && fsync(descriptor) == 0
               ? STATUS_OK
               : error_set(error, STATUS_STORAGE, "cannot sync: %s", strerror(errno));
}

/* Gives the file its name unless that is taken; link(2) where renameat2(2) is not known. */
static enum status make_publish(const char *temporary, const char *path, struct error *error) {
    bool named = renameat2(AT_FDCWD, temporary, AT_FDCWD, path, RENAME_NOREPLACE) == 0;
    if (!named && errno != EEXIST) {
        named = link(temporary, path) == 0;
        (void)(named && unlink(temporary) == 0);
    }
    if (!named) {
        return error_set(error, STATUS_STORAGE, "cannot give it its name: %s", strerror(errno));
    }
    return STATUS_OK;
}

static enum status make_create(int descriptor, const char *path, const char *temporary,
                               const struct make_request *request, struct error *error) {
    haddr_t end = 0;
    TRY(make_write_file(descriptor, temporary, request, error));
    TRY(make_verify(temporary, &end, error));
    TRY(make_finish(descriptor, end, error));
    return make_publish(temporary, path, error);
}

enum status make_file(const char *path, const struct make_request *request, struct error *error) {
    SCOPED(arena_free) struct arena arena = {0};
    SCOPED(file_release_descriptor) int descriptor = -1;
    const char *temporary;
    hdf_quiet();
    temporary_remove_old(path);
    TRY(temporary_name(&arena, path, &temporary, error));
    TRY(make_open_temporary(path, temporary, &descriptor, error));
    enum status status = make_create(descriptor, path, temporary, request, error);
    if (status != STATUS_OK) {
        (void)unlink(temporary);
        (void)error_prefix(error, "cannot create %s", path);
        return status;
    }
    return temporary_settle(path, error);
}
