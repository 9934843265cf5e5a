/**
 * @file
 * Some successive rows of a results file in memory, with everything that a merge carries over, in
 * the shape of the merged file. For the room store only; serial.
 */
#pragma once

#include "store/merge_input.h"
#include "store/merge_schema.h"

/** Arrays [room], or [room][…]; `count` rows from `first` on are in them. */
struct merge_rows {
    const struct merge_schema *schema;
    int64_t room, first, count;
    unsigned char **axes; /**< [axis_count], each [room][axis_bytes] */
    int64_t *replicates;
    uint64_t *hashes; /**< [room][HASH_WORDS] */
    uint8_t *states, *attempts;
    int64_t *steps;
    double *seconds;
    int64_t *parts; /**< numbers of the merged file */
    uint64_t *checksums;
    unsigned char *records; /**< [room] of the schema's layout */
    void *scratch;          /**< [room] of the widest variable of any file */
};

/** Rows of a schema that fit a bounded memory together; at least 1. */
int64_t merge_rows_room(const struct merge_schema *schema);

/** Makes room; everything belongs to the arena. widest: bytes of the widest variable of any file.
 */
enum status merge_rows_make(const struct merge_schema *schema, int64_t room, size_t widest,
                            struct arena *arena, struct merge_rows *rows,
                            struct error *error) CHECKED;

/** Reads rows of an input; states are those of the input, so that torn rows are missing. */
enum status merge_rows_take(struct merge_rows *rows, const struct merge_input *input, int64_t first,
                            int64_t count, struct error *error) CHECKED;

/** Reads or writes rows of the merged file; checksums are made when rows are written. */
enum status merge_rows_load(struct merge_rows *rows, hid_t file, int64_t first, int64_t count,
                            struct error *error) CHECKED;
enum status merge_rows_store(struct merge_rows *rows, hid_t file, struct error *error) CHECKED;
