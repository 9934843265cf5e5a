/**
 * @file
 * The way into this room. A sweep's YAML file is loaded, checked and turned into a grid; then its
 * jobs can be decoded (sweep/decode.h) and the values in which they differ (sweep/column.h) looked
 * up. A sweep is immutable once loaded. No function here is collective; every rank loads the same
 * text.
 */
#pragma once

#include "sweep/column.h"
#include "sweep/decode.h"
#include "sweep/types.h"

/**
 * Reads and checks a sweep. overrides: `count` strings "a.b=VALUE" (VALUE is YAML, perhaps with a
 * tag), which replace the key in the base and in every case. On success the caller owns *sweep
 * (sweep_free), otherwise it is NULL. STATUS_BAD_INPUT with "file:line:column: message".
 */
enum status sweep_load(const char *path, const char *const *overrides, size_t count,
                       struct sweep **sweep, struct error *error) CHECKED;

/** As sweep_load, from text; path is for messages and to resolve relative file names. */
enum status sweep_parse(const char *text, const char *path, const char *const *overrides,
                        size_t count, struct sweep **sweep, struct error *error) CHECKED;

/** As sweep_parse, from the text and overrides (one a line) that a loaded sweep has. */
enum status sweep_restore(const char *text, const char *path, const char *overrides,
                          struct sweep **sweep, struct error *error) CHECKED;

/**
 * As sweep_restore, but checks no combinations, and files that the sweep names need not exist. If
 * it names any, its hashes and fingerprint differ from the original's.
 */
enum status sweep_recall(const char *text, const char *path, const char *overrides,
                         struct sweep **sweep, struct error *error) CHECKED;

/** Frees a sweep; NULL is allowed. */
void sweep_free(struct sweep *sweep);

/** Frees *sweep, which may be NULL: for SCOPED. */
void sweep_release(struct sweep **sweep);
