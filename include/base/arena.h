/**
 * @file
 * Memory that is allocated piece by piece and freed all at once.
 */
#pragma once

#include "base/error.h"

#include <stdarg.h>
#include <stddef.h>

struct arena_block;

/** Zero-initialise (`struct arena arena = {0};`), allocate from it, then arena_free it. */
struct arena {
    struct arena_block *newest;
};

/**
 * Points *pointer, a pointer of any type, at zeroed memory for `count` elements of `size` bytes,
 * aligned to a cache line (64 bytes) and owned by the arena. For count 0, too, that is memory of
 * its own. STATUS_NO_MEMORY, and *pointer is NULL, when there is none. For ARENA_NEW.
 */
enum status arena_new(struct arena *arena, size_t count, size_t size, void *pointer,
                      struct error *error) CHECKED;

/** Points `pointer` at `count` zeroed elements of its own type: TRY(ARENA_NEW(&arena, p, n, e)). */
#define ARENA_NEW(arena, pointer, count, error)                                                    \
    arena_new((arena), (size_t)(count), sizeof *(pointer), &(pointer), (error))

/** Points *copy at a copy of a string, owned by the arena. STATUS_NO_MEMORY. */
enum status arena_strdup(struct arena *arena, const char *text, const char **copy,
                         struct error *error) CHECKED;

/** Points *text at a printf-like string, owned by the arena. STATUS_NO_MEMORY. */
enum status arena_printf(struct arena *arena, const char **text, struct error *error,
                         const char *format, ...) CHECKED PRINTF_LIKE(4, 5);
enum status arena_vprintf(struct arena *arena, const char **text, struct error *error,
                          const char *format, va_list arguments) CHECKED PRINTF_LIKE(4, 0);

/** Appends a printf-like string to *text, after `gap` unless *text is "". STATUS_NO_MEMORY. */
enum status arena_append(struct arena *arena, const char **text, const char *gap,
                         struct error *error, const char *format, ...) CHECKED PRINTF_LIKE(5, 6);

/** Frees everything; the arena is empty and may be used again. */
void arena_free(struct arena *arena);

/**
 * Frees everything but keeps one block as large as what was in use, so that a loop that fills and
 * resets an arena soon stops calling malloc.
 */
void arena_reset(struct arena *arena);
