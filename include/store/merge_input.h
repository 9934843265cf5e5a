/**
 * @file
 * The files that a merge reads. For the room store only; serial.
 */
#pragma once

#include "store/parts.h"
#include "store/reader.h"

/** One file. Everything belongs to the arena but the reader. */
struct merge_input {
    struct results_reader *reader;
    uint8_t *states; /**< [rows]; torn ones are missing */
    int64_t torn, finished;
    int64_t group_count;        /**< parts that it has itself: it was merged */
    size_t part_count;          /**< these, and one more for rows of its own, if there are any */
    struct results_part *parts; /**< [part_count]; the last is its own, if there is one */
    size_t sweep_count;         /**< that its jobs are of, as far as they are known */
    const struct sweep **sweeps;
    const struct sweep **part_sweeps; /**< [part_count + 1] each part's, NULL if it is not known;
                                         the last is of rows of no part */
    int64_t first_part;               /**< number of parts[0] in the merged file */
    int64_t taken;                    /**< rows of the merged file that are of it */
    int64_t repeated;                 /**< finished rows that another had, too */
};

/** Reads states and parts of a file whose reader is open, and all else zero; the first of its parts
 * gets the number `first_part`. */
enum status merge_input_read(struct merge_input *input, int64_t first_part, struct arena *arena,
                             struct error *error) CHECKED;

/** Closes the reader. */
void merge_input_close(struct merge_input *input);

/** The number in the merged file of the part that the file's variable `part` numbers `number`. */
int64_t merge_input_part(const struct merge_input *input, int64_t number);

/** Adds the file's parts to the merged one. */
enum status merge_input_add_parts(const struct merge_input *input, hid_t file,
                                  struct error *error) CHECKED;
