/**
 * @file
 * The variables of a results file that workers write, and the record: one job's row as flat bytes.
 */
#pragma once

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum variable_type { VARIABLE_FLOAT64, VARIABLE_FLOAT32, VARIABLE_INT64 };

enum { VARIABLE_DIMENSIONS_MAX = 3 };

/** A dimension besides `job`. It has the same length in all variables. */
struct extent {
    const char *name;
    size_t length;
};

/** One variable that workers write, and its place in a record. */
struct variable {
    const char *name;
    enum variable_type type;
    const char *unit;
    const char *help;
    size_t extent_count;
    struct extent extents[VARIABLE_DIMENSIONS_MAX];
    size_t elements; /**< per job: product of the extents */
    size_t offset;   /**< bytes into a record, 8-byte aligned */
    bool optional;   /**< rows may come from a file that lacks it: NaN there */
};

/**
 * The variables of a sweep, and the record: one job's row as flat bytes, in which every variable
 * has an offset. Values of a smaller network than the sweep's largest are padded with NaN.
 * Zero-initialise, then layout_add.
 */
struct results_layout {
    size_t variable_count;
    size_t capacity;
    struct variable *variables;
    size_t record_bytes;
};

/**
 * Adds a variable and tells its index. Name, unit, help and the extents' names must outlive the
 * layout, whose memory belongs to the arena. STATUS_BAD_INPUT: a name used twice, an empty extent,
 * or a dimension that has another length in another variable.
 */
enum status layout_add(struct results_layout *layout, struct arena *arena, enum variable_type type,
                       const char *name, const char *unit, const char *help, size_t extent_count,
                       const struct extent *extents, size_t *index, struct error *error) CHECKED;

/** The variable of that name, or NULL. */
const struct variable *layout_find(const struct results_layout *layout, const char *name);

/** The long name of that variable; "" without one. */
const char *layout_help(const struct results_layout *layout, const char *name);

/** Fills a record with NaN (integers with 0). */
void layout_clear(const struct results_layout *layout, void *record);

/** Bytes of one element of a type. */
size_t variable_type_bytes(enum variable_type type);

/** Bytes of a variable in one row: elements times the bytes of one. */
size_t variable_bytes(const struct variable *variable);

/**
 * The checksum of a row: XXH3-64 of the bytes of every variable in order (without the gaps that
 * align them), then of the state (1 byte), then of the steps (8 bytes, little-endian). It excludes
 * the seconds, so that two runs of one sweep give the same checksums.
 */
uint64_t row_checksum(const struct results_layout *layout, const void *record, uint8_t state,
                      int64_t steps);
