/**
 * @file
 * A window of successive rows of the merged file, to which rows of the inputs are offered. The
 * window decides which row is kept and finds rows that contradict each other. For the room store
 * only; serial.
 */
#pragma once

#include "store/merge_schema.h"
#include "store/row.h"
#include "store/row_slab.h"

enum { MERGE_STATES = 4 }; /**< of enum row_state in files */

struct merge_window {
    hid_t file;
    struct merge_inputs *inputs;
    int64_t row_count;  /**< of the merged file */
    uint8_t *known;     /**< [row_count]: the row has its axes and hash */
    size_t *part_input; /**< [part_count + 1]: which input a part number belongs to */
    bool *absent;       /**< [axis_count]: some integer of the axis is absent */
    struct row_slab rows;
    int64_t counts[MERGE_STATES]; /**< rows of the whole file by state, except missing ones */
};

/** Makes a window on a file that has no rows yet. widest: bytes of the widest variable or axis of
 * any file. Everything belongs to the arena. */
enum status merge_window_make(const struct merge_schema *schema, hid_t file,
                              struct merge_inputs *inputs, size_t widest, struct arena *arena,
                              struct merge_window *window, struct error *error) CHECKED;

/** Moves the window to rows `first` on; writes the rows that it held before. */
enum status merge_window_move(struct merge_window *window, int64_t first,
                              struct error *error) CHECKED;

/**
 * Offers row `index` of `rows`, read from input number `input`, to row `target` of the merged file,
 * which is in the window. Done and diverged rows replace quarantined rows, and these replace
 * missing rows; otherwise the first row is kept. STATUS_BAD_INPUT when two done or diverged rows
 * contradict each other; the message names both files, rows and the difference.
 */
enum status merge_window_offer(struct merge_window *window, size_t input,
                               const struct row_slab *rows, int64_t index, int64_t target,
                               struct error *error) CHECKED;

/** Fills axes and hashes of rows that no input has, from the sweep. */
enum status merge_window_complete(struct merge_window *window, const struct sweep *sweep,
                                  struct error *error) CHECKED;

/** Writes the rows of the window and marks columns with absent integers. Ends the use of the
 * window.
 */
enum status merge_window_end(struct merge_window *window, struct error *error) CHECKED;
