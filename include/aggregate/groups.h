/**
 * @file
 * Numbering of distinct byte strings of one length, in the order in which they are first seen.
 */
#pragma once

#include "base/arena.h"

#include <stdint.h>

struct groups {
    size_t key_bytes;
    size_t count;
    size_t capacity;      /**< of `keys`, half of the slots */
    unsigned char **keys; /**< [count], each key_bytes long */
    size_t *slots;        /**< open addressing: number of the group + 1, or 0 */
    struct arena *arena;
};

/** Starts without groups; all memory comes from the arena. */
enum status groups_start(struct groups *groups, size_t key_bytes, struct arena *arena,
                         struct error *error) CHECKED;

/** The number of the key's group, new or known. */
enum status groups_find(struct groups *groups, const void *key, size_t *number,
                        struct error *error) CHECKED;
