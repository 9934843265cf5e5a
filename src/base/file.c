#include "base/file.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TEXT_BYTES_MAX = 64 * 1024 * 1024 };

/* A folder opens like a file and then reads as nothing. */
enum status file_open(const char *path, FILE **file, size_t *bytes, struct error *error) {
    struct stat facts;
    *file = fopen(path, "rb");
    if (*file == NULL) {
        return error_set(error, STATUS_BAD_INPUT, "cannot open '%s': %s", path, strerror(errno));
    }
    if (fstat(fileno(*file), &facts) != 0 || S_ISDIR(facts.st_mode)) {
        file_release(file);
        return error_set(error, STATUS_BAD_INPUT, "'%s' is a folder, expected a file", path);
    }
    if (bytes != NULL) {
        *bytes = (size_t)facts.st_size;
    }
    return STATUS_OK;
}

void file_release(FILE **file) {
    if (*file != NULL) {
        (void)fclose(*file);
        *file = NULL;
    }
}

void file_release_descriptor(int *descriptor) {
    if (*descriptor >= 0) {
        (void)close(*descriptor);
        *descriptor = -1;
    }
}

void file_release_folder(DIR **folder) {
    if (*folder != NULL) {
        (void)closedir(*folder);
        *folder = NULL;
    }
}

enum status file_text(const char *path, struct arena *arena, const char **text,
                      struct error *error) {
    SCOPED(file_release) FILE *file = NULL;
    size_t bytes;
    char *whole;
    TRY(file_open(path, &file, &bytes, error));
    if (bytes > TEXT_BYTES_MAX) {
        return error_set(error, STATUS_BAD_INPUT, "'%s' is too large for a sweep: %zu bytes", path,
                         bytes);
    }
    TRY(ARENA_NEW(arena, whole, bytes + 1, error));
    size_t got = fread(whole, 1, bytes, file);
    if (ferror(file) != 0) {
        return error_set(error, STATUS_BAD_INPUT, "cannot read '%s': %s", path, strerror(errno));
    }
    if (strlen(whole) != got) {
        return error_set(error, STATUS_BAD_INPUT, "'%s' is a binary file, expected a YAML text",
                         path);
    }
    *text = whole;
    return STATUS_OK;
}

enum status file_folder(const char *path, struct arena *arena, const char **folder,
                        struct error *error) {
    const char *slash = strrchr(path, '/');
    int length = slash == NULL ? 0 : (int)(slash - path) + 1;
    return arena_printf(arena, folder, error, "%.*s", length, path);
}
