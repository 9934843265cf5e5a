#include "parameter/file_reference.h"

#include "base/text.h"

#include <string.h>

static const char *const HDF5_ENDINGS[] = {".h5", ".hdf5", ".hdf", ".nc"};

bool file_reference_is_hdf5(const char *path) {
    for (size_t i = 0; i < sizeof HDF5_ENDINGS / sizeof *HDF5_ENDINGS; i++) {
        if (text_ends_with(path, HDF5_ENDINGS[i])) {
            return true;
        }
    }
    return false;
}

enum status file_reference_split(const char *text, struct arena *arena, struct file_reference *file,
                                 struct error *error) {
    size_t bytes = strlen(text) + 1;
    char *path;
    TRY(ARENA_NEW(arena, path, bytes, error));
    memcpy(path, text, bytes);
    *file = (struct file_reference){.path = path, .dataset = ""};
    for (char *colon = strchr(path, ':'); colon != NULL; colon = strchr(colon + 1, ':')) {
        *colon = '\0';
        if (file_reference_is_hdf5(path)) {
            file->dataset = colon + 1;
            return STATUS_OK;
        }
        *colon = ':';
    }
    return STATUS_OK;
}

enum status file_reference_name(const struct file_reference *file, struct arena *arena,
                                const char **name, struct error *error) {
    return arena_printf(arena, name, error, "%s%s%s", file->path,
                        file->dataset[0] == '\0' ? "" : ":", file->dataset);
}

enum status file_reference_digest(struct file_digest **list, const char *path, struct arena *arena,
                                  struct digest *digest, struct error *error) {
    for (const struct file_digest *known = *list; known != NULL; known = known->next) {
        if (strcmp(known->path, path) == 0) {
            *digest = known->digest;
            return STATUS_OK;
        }
    }
    struct file_digest *taken;
    TRY(digest_of_file(path, digest, error));
    TRY(ARENA_NEW(arena, taken, 1, error));
    TRY(arena_strdup(arena, path, &taken->path, error));
    taken->digest = *digest;
    taken->next = *list;
    *list = taken;
    return STATUS_OK;
}
