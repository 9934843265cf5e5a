#include "aggregate/groups.h"

#include <string.h>
#include <xxhash.h>

enum { FIRST_CAPACITY = 64, SLOTS_PER_GROUP = 2 };

static enum status groups_make_room(struct groups *groups, size_t capacity, struct error *error) {
    groups->capacity = capacity;
    unsigned char **keys;
    TRY(ARENA_NEW(groups->arena, keys, capacity, error));
    if (groups->count > 0) {
        memcpy(keys, groups->keys, groups->count * sizeof *keys);
    }
    groups->keys = keys;
    return ARENA_NEW(groups->arena, groups->slots, capacity * SLOTS_PER_GROUP, error);
}

/* The slot where the key is, or where it belongs. */
static size_t *groups_slot_of(const struct groups *groups, const void *key) {
    size_t mask = groups->capacity * SLOTS_PER_GROUP - 1;
    size_t at = (size_t)XXH3_64bits(key, groups->key_bytes) & mask;
    while (groups->slots[at] != 0 &&
           memcmp(groups->keys[groups->slots[at] - 1], key, groups->key_bytes) != 0) {
        at = (at + 1) & mask;
    }
    return &groups->slots[at];
}

static enum status groups_grow(struct groups *groups, struct error *error) {
    TRY(groups_make_room(groups, 2 * groups->capacity, error));
    for (size_t i = 0; i < groups->count; i++) {
        *groups_slot_of(groups, groups->keys[i]) = i + 1;
    }
    return STATUS_OK;
}

enum status groups_start(struct groups *groups, size_t key_bytes, struct arena *arena,
                         struct error *error) {
    *groups = (struct groups){.key_bytes = key_bytes, .arena = arena};
    return groups_make_room(groups, FIRST_CAPACITY, error);
}

enum status groups_find(struct groups *groups, const void *key, size_t *number,
                        struct error *error) {
    size_t *slot = groups_slot_of(groups, key);
    if (*slot == 0) {
        if (groups->count == groups->capacity) {
            TRY(groups_grow(groups, error));
            slot = groups_slot_of(groups, key);
        }
        unsigned char *copy = arena_allocate(groups->arena, groups->key_bytes, 1, error);
        if (copy == NULL) {
            return error_status(error);
        }
        memcpy(copy, key, groups->key_bytes);
        groups->keys[groups->count] = copy;
        *slot = ++groups->count;
    }
    *number = *slot - 1;
    return STATUS_OK;
}
