/**
 * @file
 * The way into this room: a sweep's YAML file is loaded, checked and turned into a grid. The
 * headers included here decode its jobs, tell in what they differ, and where a value is written. A
 * sweep is immutable once loaded. No function here is collective; every rank loads the same text.
 */
#pragma once

#include "sweep/column.h"
#include "sweep/decode.h"
#include "sweep/place.h"
#include "sweep/types.h"

/**
 * Reads and checks a sweep. overrides: `count` strings "a.b=VALUE" (VALUE is YAML and may carry
 * tags), which replace the key in the base and in every case. On success *sweep is owned by the
 * caller (sweep_free). STATUS_BAD_INPUT with "file:line:column: message" otherwise.
 */
enum status sweep_load(const char *path, const char *const *overrides, size_t count,
                       struct sweep **sweep, struct error *error) CHECKED;

/** As sweep_load, from text; path serves for messages and to resolve relative file names. */
enum status sweep_parse(const char *text, const char *path, const char *const *overrides,
                        size_t count, struct sweep **sweep, struct error *error) CHECKED;

/** As sweep_parse, from what a loaded sweep keeps of itself: overrides one a line. */
enum status sweep_restore(const char *text, const char *path, const char *overrides,
                          struct sweep **sweep, struct error *error) CHECKED;

/**
 * As sweep_restore, for its settings alone, wherever it is: files that it names need not be there.
 * If it names any, hashes and fingerprint are not those of the sweep.
 */
enum status sweep_recall(const char *text, const char *path, const char *overrides,
                         struct sweep **sweep, struct error *error) CHECKED;

/** NULL is allowed. */
void sweep_free(struct sweep *sweep);

/** Frees *sweep, which may be NULL: for SCOPED. */
void sweep_release(struct sweep **sweep);
