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

/* The newest block, if it has room for so many bytes, or a new one. */
static enum status arena_block_for(struct arena *arena, size_t bytes, struct arena_block **block,
                                   struct error *error) {
    *block = arena->newest;
    if (*block != NULL && (*block)->capacity - (*block)->used >= bytes) {
        return STATUS_OK;
    }
    size_t capacity = *block == NULL ? BLOCK_BYTES_MIN : 2 * (*block)->capacity;
    *block = arena_block_new(bytes > capacity ? bytes : capacity);
    if (*block == NULL) {
        return error_set(error, STATUS_NO_MEMORY, "out of memory: %zu bytes refused", bytes);
    }
    (*block)->older = arena->newest;
    arena->newest = *block;
    return STATUS_OK;
}

enum status arena_new(struct arena *arena, size_t count, size_t size, void *pointer,
                      struct error *error) {
    void *memory = NULL;
    struct arena_block *block;
    memcpy(pointer, &memory, sizeof memory); /* all pointers to objects are alike here */
    if (size != 0 && count > (SIZE_MAX / 2) / size) {
        return error_set(error, STATUS_NO_MEMORY, "%zu x %zu bytes do not fit in memory", count,
                         size);
    }
    size_t bytes = arena_round_up(count * size + (count * size == 0));
    TRY(arena_block_for(arena, bytes, &block, error));
    memory = block->bytes + block->used;
    block->used += bytes;
    memset(memory, 0, bytes);
    memcpy(pointer, &memory, sizeof memory);
    return STATUS_OK;
}

enum status arena_strdup(struct arena *arena, const char *text, const char **copy,
                         struct error *error) {
    return arena_printf(arena, copy, error, "%s", text);
}

enum status arena_vprintf(struct arena *arena, const char **text, struct error *error,
                          const char *format, va_list arguments) {
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    size_t bytes = length < 0 ? 1 : (size_t)length + 1;
    char *made;
    TRY(ARENA_NEW(arena, made, bytes, error));
    (void)vsnprintf(made, bytes, format, arguments);
    *text = made;
    return STATUS_OK;
}

enum status arena_printf(struct arena *arena, const char **text, struct error *error,
                         const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    enum status status = arena_vprintf(arena, text, error, format, arguments);
    va_end(arguments);
    return status;
}

enum status arena_append(struct arena *arena, const char **text, const char *gap,
                         struct error *error, const char *format, ...) {
    const char *more;
    va_list arguments;
    va_start(arguments, format);
    enum status status = arena_vprintf(arena, &more, error, format, arguments);
    va_end(arguments);
    TRY(status);
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
