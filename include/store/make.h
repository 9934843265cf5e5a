/**
 * @file
 * How a results file comes into being: whole, under a temporary name, and then its own. For the
 * room store only; serial driver.
 */
#pragma once

#include "store/metadata.h"

/** What is to be made. */
struct make_request {
    const struct results_origin *origin;
    const struct results_layout *layout;
    /** Writes values, and what further variables there are, into a file that has all others. */
    enum status (*fill)(hid_t file, void *context, struct error *error);
    void *context;
    uint64_t more_bytes; /**< upper bound of what `fill` adds to the file's size */
};

/**
 * Creates the file under a temporary name beside it, with its room reserved on the disk first, has
 * it filled, reads it back, syncs it and gives it its name. Never replaces a file. STATUS_STORAGE
 * on failure, or the status of `fill`, with nothing left behind.
 */
enum status make_file(const char *path, const struct make_request *request,
                      struct error *error) CHECKED;

/** Whether a file could be made: STATUS_BAD_INPUT for an empty name, STATUS_STORAGE where its
 * folder does not exist or may not be written to. */
enum status make_check(const char *path, struct error *error) CHECKED;
