#include "parameter/file.h"

#include "base/text.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static const char *const HDF5_ENDINGS[] = {".h5", ".hdf5", ".hdf", ".nc"};

bool file_is_named_hdf5(const char *path) {
    for (size_t i = 0; i < sizeof HDF5_ENDINGS / sizeof *HDF5_ENDINGS; i++) {
        if (text_ends_with(path, HDF5_ENDINGS[i])) {
            return true;
        }
    }
    return false;
}

enum status file_reference_split(const char *text, struct arena *arena, struct file_reference *file,
                                 struct error *error) {
    char *path = arena_string(arena, text, error);
    if (path == NULL) {
        return error_status(error);
    }
    *file = (struct file_reference){.path = path, .dataset = ""};
    for (char *colon = strchr(path, ':'); colon != NULL; colon = strchr(colon + 1, ':')) {
        *colon = '\0';
        if (file_is_named_hdf5(path)) {
            file->dataset = colon + 1;
            return STATUS_OK;
        }
        *colon = ':';
    }
    return STATUS_OK;
}

enum { TEXT_BYTES_MAX = 64 * 1024 * 1024 };

/* A folder opens like a file and then reads as nothing. */
static enum status open_file(const char *path, FILE **file, size_t *bytes, struct error *error) {
    *file = fopen(path, "rb");
    if (*file == NULL) {
        return error_set(error, STATUS_BAD_INPUT, "cannot open '%s': %s", path, strerror(errno));
    }
    struct stat facts;
    if (fstat(fileno(*file), &facts) != 0 || S_ISDIR(facts.st_mode)) {
        (void)fclose(*file);
        return error_set(error, STATUS_BAD_INPUT, "'%s' is a folder, expected a file", path);
    }
    *bytes = (size_t)facts.st_size;
    return STATUS_OK;
}

static enum status file_read_text(FILE *file, const char *path, size_t bytes, struct arena *arena,
                                  char **text, struct error *error) {
    if (bytes > TEXT_BYTES_MAX) {
        return error_set(error, STATUS_BAD_INPUT, "'%s' is too large for a sweep: %zu bytes", path,
                         bytes);
    }
    TRY(ARENA_NEW(arena, *text, bytes + 1, error));
    size_t got = fread(*text, 1, bytes, file);
    if (ferror(file) != 0) {
        return error_set(error, STATUS_BAD_INPUT, "cannot read '%s': %s", path, strerror(errno));
    }
    if (strlen(*text) != got) {
        return error_set(error, STATUS_BAD_INPUT, "'%s' is a binary file, expected a YAML text",
                         path);
    }
    return STATUS_OK;
}

enum status file_text(const char *path, struct arena *arena, char **text, struct error *error) {
    FILE *file = NULL;
    size_t bytes = 0;
    TRY(open_file(path, &file, &bytes, error));
    enum status status = file_read_text(file, path, bytes, arena, text, error);
    (void)fclose(file);
    return status;
}

enum status file_digest_of(struct file_digest **list, const char *path, struct arena *arena,
                           struct digest *digest, struct error *error) {
    for (const struct file_digest *known = *list; known != NULL; known = known->next) {
        if (strcmp(known->path, path) == 0) {
            *digest = known->digest;
            return STATUS_OK;
        }
    }
    TRY(digest_of_file(path, digest, error));
    struct file_digest *pair = NULL;
    TRY(ARENA_NEW(arena, pair, 1, error));
    *pair = (struct file_digest){arena_string(arena, path, error), *digest, *list};
    *list = pair;
    return pair->path == NULL ? error_status(error) : STATUS_OK;
}

enum status file_folder(const char *path, struct arena *arena, const char **folder,
                        struct error *error) {
    const char *slash = strrchr(path, '/');
    int length = slash == NULL ? 0 : (int)(slash - path) + 1;
    return arena_printf(arena, folder, error, "%.*s", length, path);
}
