/**
 * @file
 * Makes a results file completely under a temporary name before it gets its own. For the room store
 * only; serial driver.
 */
#pragma once

#include "store/metadata.h"

/** The file to make. */
struct make_request {
    const struct results_origin *origin;
    const struct results_layout *layout;
    /** Fills the file, which has its variables, with values, and may add variables. */
    enum status (*fill)(hid_t file, void *context, struct error *error);
    void *context;
    uint64_t more_bytes; /**< upper bound of what `fill` adds to the file's size */
};

/**
 * Reserves room on the disk, creates the file under a temporary name, calls `fill`, reads the file
 * back, syncs it and renames it. Never replaces a file. Leaves nothing behind on failure:
 * STATUS_STORAGE, or the status of `fill`.
 */
enum status make_file(const char *path, const struct make_request *request,
                      struct error *error) CHECKED;

/** Checks that a file could be made: STATUS_BAD_INPUT for an empty name, STATUS_STORAGE where its
 * folder does not exist or may not be written to. */
enum status make_check(const char *path, struct error *error) CHECKED;
