#include "base/digest.h"

#include "base/file.h"

#include <errno.h>
#include <string.h>
/* Inline, so that the hash's state can be on the stack. */
#define XXH_INLINE_ALL
#include <xxhash.h>

enum { CHUNK_BYTES = 64 * 1024 };

enum status digest_of_file(const char *path, struct digest *digest, struct error *error) {
    SCOPED(file_release) FILE *file = NULL;
    XXH3_state_t state;
    unsigned char chunk[CHUNK_BYTES];
    size_t got;
    TRY(file_open(path, &file, NULL, error));
    (void)XXH3_128bits_reset(&state);
    while ((got = fread(chunk, 1, sizeof chunk, file)) > 0) {
        (void)XXH3_128bits_update(&state, chunk, got);
    }
    if (ferror(file) != 0) {
        return error_set(error, STATUS_BAD_INPUT, "cannot read '%s': %s", path, strerror(errno));
    }
    XXH128_hash_t hash = XXH3_128bits_digest(&state);
    *digest = (struct digest){hash.high64, hash.low64};
    return STATUS_OK;
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
