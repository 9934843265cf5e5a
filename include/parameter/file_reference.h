/**
 * @file
 * Files that are named by parameters.
 */
#pragma once

#include "base/arena.h"
#include "base/digest.h"
#include "parameter/parameter.h"

#include <stdbool.h>

/** The digest of a file's bytes, in a list of those taken so far. */
struct file_digest {
    const char *path;
    struct digest digest;
    struct file_digest *next;
};

/**
 * Splits "file.csv" or "file.h5:/path" (the colon counts after a name that ends in .h5, .hdf5,
 * .hdf or .nc) into its parts, owned by the arena.
 */
enum status file_reference_split(const char *text, struct arena *arena, struct file_reference *file,
                                 struct error *error) CHECKED;

/** The file as the user writes it, "file.csv" or "file.h5:/path", owned by the arena. */
enum status file_reference_name(const struct file_reference *file, struct arena *arena,
                                const char **name, struct error *error) CHECKED;

/** Whether the name ends as those of HDF5 files do (.h5, .hdf5, .hdf, .nc). */
bool file_reference_is_hdf5(const char *path);

/**
 * XXH3 of the file's bytes; each path is read once per list. STATUS_BAD_INPUT when it cannot be
 * read or is a folder; messages name the path.
 */
enum status file_reference_digest(struct file_digest **list, const char *path, struct arena *arena,
                                  struct digest *digest, struct error *error) CHECKED;
