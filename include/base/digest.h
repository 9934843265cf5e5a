/**
 * @file
 * A hash of 128 bits that tells whether a file has changed.
 */
#pragma once

#include "base/error.h"

#include <stdint.h>

/** XXH3-128 of a file's bytes; all zero stands for a digest that was never taken. */
struct digest {
    uint64_t high, low;
};

/** Reads the whole file. STATUS_BAD_INPUT, naming the path, when it cannot be read or is a folder.
 */
enum status digest_of_file(const char *path, struct digest *digest, struct error *error) CHECKED;

/**
 * STATUS_BAD_INPUT when the file has changed since `digest` was taken; STATUS_OK for a digest that
 * was never taken.
 */
enum status digest_check(const char *path, struct digest digest, struct error *error) CHECKED;
