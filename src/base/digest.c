#include "base/digest.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <xxhash.h>

enum { CHUNK_BYTES = 256 * 1024 };

static enum status digest_stream(FILE *file, const char *path, struct digest *digest,
                                 struct error *error) {
    XXH3_state_t *state = XXH3_createState();
    char *chunk = malloc(CHUNK_BYTES);
    enum status status = STATUS_OK;
    if (state == NULL || chunk == NULL || XXH3_128bits_reset(state) != XXH_OK) {
        status = error_set(error, STATUS_NO_MEMORY, "out of memory reading '%s'", path);
    }
    size_t got = 0;
    while (status == STATUS_OK && (got = fread(chunk, 1, CHUNK_BYTES, file)) > 0) {
        (void)XXH3_128bits_update(state, chunk, got);
    }
    if (status == STATUS_OK && ferror(file) != 0) {
        status = error_set(error, STATUS_BAD_INPUT, "cannot read '%s': %s", path, strerror(errno));
    }
    if (status == STATUS_OK) {
        XXH128_hash_t hash = XXH3_128bits_digest(state);
        *digest = (struct digest){hash.high64, hash.low64};
    }
    free(chunk);
    (void)XXH3_freeState(state);
    return status;
}

enum status digest_of_file(const char *path, struct digest *digest, struct error *error) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return error_set(error, STATUS_BAD_INPUT, "cannot open '%s': %s", path, strerror(errno));
    }
    struct stat facts;
    enum status status = STATUS_OK;
    if (fstat(fileno(file), &facts) != 0 || S_ISDIR(facts.st_mode)) {
        status = error_set(error, STATUS_BAD_INPUT, "'%s' is a folder, expected a file", path);
    } else {
        status = digest_stream(file, path, digest, error);
    }
    (void)fclose(file);
    return status;
}

enum status digest_check(const char *path, struct digest digest, struct error *error) {
    struct digest now;
    if (digest.high == 0 && digest.low == 0) {
        return STATUS_OK;
    }
    TRY(digest_of_file(path, &now, error));
    if (now.high != digest.high || now.low != digest.low) {
        return error_set(
            error, STATUS_BAD_INPUT,
            "%s has changed since the sweep was read; put it back, or start a new sweep", path);
    }
    return STATUS_OK;
}
