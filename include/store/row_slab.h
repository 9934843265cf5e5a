/**
 * @file
 * Successive rows of a results file in memory, in the shape of a layout: how rows are verified,
 * copied from older files, and merged. Serial.
 */
#pragma once

#include "store/records.h"

/** What a slab holds besides records: columns with one number, or one hash, in every row. */
enum slab_column {
    SLAB_REPLICATES = 1 << 0,
    SLAB_HASHES = 1 << 1,
    SLAB_STATES = 1 << 2,
    SLAB_ATTEMPTS = 1 << 3,
    SLAB_STEPS = 1 << 4,
    SLAB_SECONDS = 1 << 5,
    SLAB_PARTS = 1 << 6, /**< 0 in files that are not merged */
    SLAB_CHECKSUMS = 1 << 7,
    SLAB_ALL = (1 << 8) - 1,
};

/** Arrays [room], or [room][…], of which `count` rows are in use; NULL where a column is not held.
 */
struct row_slab {
    const struct results_layout *layout;
    size_t axis_count;
    const struct results_axis *axes;
    unsigned columns; /**< of enum slab_column */
    int64_t room, first, count;
    int64_t *replicates;
    uint64_t *hashes; /**< [room][HASH_WORDS] */
    uint8_t *states, *attempts;
    int64_t *steps;
    double *seconds;
    int64_t *parts;
    uint64_t *checksums;
    unsigned char **axis_values; /**< [axis_count], each [room][axis_bytes] */
    unsigned char *records;      /**< [room] of the layout */
    void *scratch;               /**< [room] of `widest` bytes */
};

/**
 * Makes room for as many of `rows` rows as fit a bounded memory together, at least 1. axes: those
 * whose values the slab holds; widest: bytes of the widest variable or axis that will be read.
 * Layout and axes must
 * outlive the slab; everything else belongs to the arena.
 */
enum status row_slab_make(struct row_slab *slab, const struct results_layout *layout,
                          size_t axis_count, const struct results_axis *axes, unsigned columns,
                          size_t widest, int64_t rows, struct arena *arena,
                          struct error *error) CHECKED;

/** Reads rows first … first+count−1 of a file that covers the layout, without axes. */
enum status row_slab_read(struct row_slab *slab, const struct results_reader *reader, int64_t first,
                          int64_t count, struct error *error) CHECKED;

/** Record number `index` of the slab. */
unsigned char *row_slab_record(const struct row_slab *slab, int64_t index);

/** Reads rows, with axes, from an open file of this very layout; or writes those of the slab. */
enum status row_slab_load(struct row_slab *slab, hid_t file, int64_t first, int64_t count,
                          struct error *error) CHECKED;
enum status row_slab_store(struct row_slab *slab, hid_t file, struct error *error) CHECKED;
