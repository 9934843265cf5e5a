/**
 * @file
 * The merged file seen through a window of successive rows, into which rows of the inputs are
 * offered: which of them stays, and whether two contradict each other. For the room store only;
 * serial.
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
    bool *absent;       /**< [axis_count]: some integer of the axis stands for none */
    struct row_slab rows;
    int64_t counts[MERGE_STATES]; /**< rows of the whole file by state; missing ones are not */
};

/** Makes a window on a file that has no rows yet. widest: bytes of the widest variable or axis of
 * any file. Everything belongs to the arena. */
enum status merge_window_make(const struct merge_schema *schema, hid_t file,
                              struct merge_inputs *inputs, size_t widest, struct arena *arena,
                              struct merge_window *window, struct error *error) CHECKED;

/** Brings the window to rows `first` on, writing what it held before. */
enum status merge_window_move(struct merge_window *window, int64_t first,
                              struct error *error) CHECKED;

/**
 * Offers row `index` of `rows`, read from input number `input`, to row `target` of the merged file,
 * which is in the window. Done and diverged rows win over quarantined ones, these over missing
 * ones, and otherwise whichever came first. STATUS_BAD_INPUT, naming both files, rows and what
 * differs, when two finished rows contradict each other.
 */
enum status merge_window_offer(struct merge_window *window, size_t input,
                               const struct row_slab *rows, int64_t index, int64_t target,
                               struct error *error) CHECKED;

/** Gives the rows of the window that no input has their axes and hashes, from the sweep itself. */
enum status merge_window_complete(struct merge_window *window, const struct sweep *sweep,
                                  struct error *error) CHECKED;

/** Writes what the window holds and marks columns; the window is of no use then. */
enum status merge_window_end(struct merge_window *window, struct error *error) CHECKED;
