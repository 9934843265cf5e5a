/**
 * @file
 * Rows of an input in the shape of the merged file. For the room store only; serial.
 */
#pragma once

#include "store/merge_input.h"
#include "store/row_slab.h"

/** Reads rows of an input into a slab of all columns: axes converted or filled from the sweeps,
 * states as the input's, so that torn rows are missing, and parts by their numbers in the merged
 * file. */
enum status merge_rows_read(const struct merge_input *input, int64_t first, int64_t count,
                            struct row_slab *slab, struct error *error) CHECKED;
