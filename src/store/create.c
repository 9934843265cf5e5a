#include "store/create.h"

#include "store/metadata.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HOST_BYTES = 64, ANYONE_READS = 0666 };

/* A name beside the file that no other process of any host uses at the same time. */
static const char *temporary_name(struct arena *arena, const char *path, struct error *error) {
    char host[HOST_BYTES] = "";
    (void)gethostname(host, sizeof host - 1);
    return arena_format(arena, error, "%s.tmp-%s-%ld", path, host, (long)getpid());
}

/* Asks the system first: its reasons (no folder, no permission) are clearer than HDF5's. */
static enum status check_place(const char *path, const char *temporary, struct error *error) {
    struct stat found;
    if (lstat(path, &found) == 0) {
        return error_set(error, STATUS_STORAGE, "%s exists already and is not replaced", path);
    }
    int descriptor = open(temporary, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, ANYONE_READS);
    if (descriptor < 0) {
        return error_set(error, STATUS_STORAGE, "cannot create %s: %s", path, strerror(errno));
    }
    (void)close(descriptor);
    return STATUS_OK;
}

static hid_t file_properties(void) {
    const unsigned in_order = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
    hid_t properties = H5Pcreate(H5P_FILE_CREATE);
    if (H5Pset_link_creation_order(properties, in_order) < 0 ||
        H5Pset_obj_track_times(properties, false) < 0) {
        hdf_close(properties);
        return H5I_INVALID_HID;
    }
    return properties;
}

static enum status write_everything(hid_t file, const struct sweep *sweep,
                                    const struct results_layout *layout, struct error *error) {
    TRY(metadata_attributes(file, sweep, layout, error));
    TRY(metadata_columns(file, sweep, error));
    TRY(metadata_variables(file, sweep, layout, error));
    if (H5Fflush(file, H5F_SCOPE_GLOBAL) < 0) {
        return hdf_fail(error, STATUS_STORAGE, "cannot flush");
    }
    return STATUS_OK;
}

static enum status write_file(const char *temporary, const struct sweep *sweep,
                              const struct results_layout *layout, struct error *error) {
    hid_t access = hdf_serial_access();
    hid_t properties = file_properties();
    hid_t file = H5Fcreate(temporary, H5F_ACC_TRUNC, properties, access);
    hdf_close(properties);
    hdf_close(access);
    if (file < 0) {
        return hdf_fail(error, STATUS_STORAGE, "cannot create");
    }
    enum status status = write_everything(file, sweep, layout, error);
    if (H5Fclose(file) < 0 && status == STATUS_OK) {
        status = hdf_fail(error, STATUS_STORAGE, "cannot close");
    }
    return status;
}

static enum status sync_path(const char *path, struct error *error) {
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0 || fsync(descriptor) != 0) {
        (void)error_set(error, STATUS_STORAGE, "cannot sync: %s", strerror(errno));
        (void)(descriptor >= 0 && close(descriptor));
        return STATUS_STORAGE;
    }
    (void)close(descriptor);
    return STATUS_OK;
}

/* H5Fclose may return 0 on a full disk: whoever opens the file again knows whether it is whole. */
static enum status verify(const char *temporary, struct error *error) {
    hid_t access = hdf_serial_access();
    hid_t file = H5Fopen(temporary, H5F_ACC_RDONLY, access);
    hdf_close(access);
    if (file < 0) {
        return hdf_fail(error, STATUS_STORAGE, "cannot be read back");
    }
    hdf_close(file);
    return STATUS_OK;
}

/* Gives the file its name unless that is taken; link(2) where renameat2(2) is not known. */
static enum status publish(const char *temporary, const char *path, struct error *error) {
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

static enum status sync_folder(struct arena *arena, const char *path, struct error *error) {
    char *copy = arena_string(arena, path, error);
    return copy == NULL ? error_status(error) : sync_path(dirname(copy), error);
}

enum status results_create(const char *path, const struct sweep *sweep,
                           const struct results_layout *layout, struct error *error) {
    hdf_quiet();
    struct arena arena = {0};
    const char *temporary = temporary_name(&arena, path, error);
    enum status status =
        temporary == NULL ? error_status(error) : check_place(path, temporary, error);
    if (status != STATUS_OK) {
        arena_free(&arena);
        return status;
    }
    status = write_file(temporary, sweep, layout, error);
    status = status == STATUS_OK ? verify(temporary, error) : status;
    status = status == STATUS_OK ? sync_path(temporary, error) : status;
    status = status == STATUS_OK ? publish(temporary, path, error) : status;
    if (status != STATUS_OK) {
        (void)unlink(temporary);
        (void)error_prefix(error, "cannot create %s", path);
    } else {
        status = sync_folder(&arena, path, error);
    }
    arena_free(&arena);
    return status;
}
