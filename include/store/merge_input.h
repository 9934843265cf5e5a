/**
 * @file
 * The files that a merge reads. For the room store only; serial.
 */
#pragma once

#include "store/parts.h"
#include "store/reader.h"

/** One file. Everything but the reader belongs to the arena. */
struct merge_input {
    struct results_reader *reader;
    uint8_t *states;            /**< [rows]; torn rows are missing */
    int64_t torn, finished;     /**< rows */
    int64_t group_count;        /**< its own groups of parts: 0 unless it was merged */
    size_t part_count;          /**< these, and one more for rows of no group, if there are any */
    struct results_part *parts; /**< [part_count]; the one for rows of no group comes last */
    size_t sweep_count;         /**< sweeps of its jobs, as far as they are known */
    const struct sweep **sweeps;
    const struct sweep **part_sweeps; /**< [part_count + 1] the sweep of each part, NULL if unknown;
                                         the last is that of rows of no part */
    int64_t first_part;               /**< number of parts[0] in the merged file */
    int64_t taken;                    /**< rows of the merged file that come from this one */
    int64_t repeated;                 /**< finished rows that another file had, too */
};

/** The files of a merge. Zero-initialise. */
struct merge_inputs {
    size_t count;
    struct merge_input *list; /**< [count] */
    size_t same_count;        /**< files that were given more than once, and are read once */
};

/** Reads states and parts of a file whose reader is open and all else zero; the first of its parts
 * gets the number `first_part`. */
enum status merge_input_read(struct merge_input *input, int64_t first_part, struct arena *arena,
                             struct error *error) CHECKED;

/** The number that a part has in the merged file; number: in this file, 0 for rows of no part. */
int64_t merge_input_part(const struct merge_input *input, int64_t number);

/** Adds the file's parts to the merged file. */
enum status merge_input_add_parts(const struct merge_input *input, hid_t file,
                                  struct error *error) CHECKED;
