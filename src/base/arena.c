#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ALIGNMENT_BYTES = 64, BLOCK_BYTES_MIN = 16 * 1024 };

struct arena_block {
    struct arena_block *older;
    size_t used;
    size_t capacity;
    _Alignas(ALIGNMENT_BYTES) unsigned char bytes[];
};

static size_t arena_round_up(size_t bytes) {
    return (bytes + ALIGNMENT_BYTES - 1) / ALIGNMENT_BYTES * ALIGNMENT_BYTES;
}

static struct arena_block *arena_block_new(size_t capacity) {
    struct arena_block *block =
        aligned_alloc(ALIGNMENT_BYTES, sizeof(struct arena_block) + arena_round_up(capacity));
    if (block != NULL) {
        block->older = NULL;
        block->used = 0;
        block->capacity = arena_round_up(capacity);
    }
    return block;
}

void *arena_allocate(struct arena *arena, size_t count, size_t size, struct error *error) {
    if (size != 0 && count > (SIZE_MAX / 2) / size) {
        (void)error_set(error, STATUS_NO_MEMORY, "%zu x %zu bytes do not fit in memory", count,
                        size);
        return NULL;
    }
    size_t bytes = arena_round_up(count * size + (count * size == 0));
    struct arena_block *block = arena->newest;
    if (block == NULL || block->capacity - block->used < bytes) {
        size_t capacity = block == NULL ? BLOCK_BYTES_MIN : 2 * block->capacity;
        block = arena_block_new(bytes > capacity ? bytes : capacity);
        if (block == NULL) {
            (void)error_set(error, STATUS_NO_MEMORY, "out of memory: %zu bytes refused", bytes);
            return NULL;
        }
        block->older = arena->newest;
        arena->newest = block;
    }
    void *result = block->bytes + block->used;
    block->used += bytes;
    memset(result, 0, bytes);
    return result;
}

enum status arena_new(struct arena *arena, size_t count, size_t size, void *pointer,
                      struct error *error) {
    void *memory = arena_allocate(arena, count, size, error);
    if (memory == NULL) {
        return error->status;
    }
    memcpy(pointer, &memory, sizeof memory); /* all pointers to objects are alike here */
    return STATUS_OK;
}

char *arena_string(struct arena *arena, const char *text, struct error *error) {
    return arena_format(arena, error, "%s", text);
}

enum status arena_strdup(struct arena *arena, const char *text, const char **copy,
                         struct error *error) {
    return arena_printf(arena, copy, error, "%s", text);
}

static char *arena_vprintf(struct arena *arena, struct error *error, const char *format,
                           va_list arguments) {
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    char *text = arena_allocate(arena, length < 0 ? 1 : (size_t)length + 1, 1, error);
    if (text != NULL && length > 0) {
        (void)vsnprintf(text, (size_t)length + 1, format, arguments);
    }
    return text;
}

char *arena_format(struct arena *arena, struct error *error, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *text = arena_vprintf(arena, error, format, arguments);
    va_end(arguments);
    return text;
}

enum status arena_printf(struct arena *arena, const char **text, struct error *error,
                         const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    *text = arena_vprintf(arena, error, format, arguments);
    va_end(arguments);
    return *text == NULL ? STATUS_NO_MEMORY : STATUS_OK;
}

enum status arena_append(struct arena *arena, const char **text, const char *gap,
                         struct error *error, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    const char *more = arena_vprintf(arena, error, format, arguments);
    va_end(arguments);
    if (more == NULL) {
        return STATUS_NO_MEMORY;
    }
    return arena_printf(arena, text, error, "%s%s%s", *text, (*text)[0] == '\0' ? "" : gap, more);
}

void arena_free(struct arena *arena) {
    while (arena->newest != NULL) {
        struct arena_block *older = arena->newest->older;
        free(arena->newest);
        arena->newest = older;
    }
}

void arena_reset(struct arena *arena) {
    if (arena->newest == NULL) {
        return;
    }
    if (arena->newest->older == NULL) {
        arena->newest->used = 0;
        return;
    }
    size_t total = 0;
    for (const struct arena_block *block = arena->newest; block != NULL; block = block->older) {
        total += block->capacity;
    }
    arena_free(arena);
    arena->newest = arena_block_new(total);
}
