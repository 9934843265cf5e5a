/**
 * @file
 * Which row a job has in a file merged from different sweeps: every job once, in the order of the
 * inputs, found by its hash. For the room store only; serial.
 */
#pragma once

#include "base/hash_table.h"
#include "store/merge_input.h"

/** A row of a slab, and the row of the merged file that has its job. */
struct merge_target {
    int64_t row, index;
};

/** Numbers the jobs of all inputs by their hashes. Memory belongs to the arena: 32 to 48 bytes for
 * each row of the inputs. */
enum status merge_index_make(const struct merge_inputs *inputs, struct arena *arena,
                             struct hash_table *jobs, struct error *error) CHECKED;

/** Finds targets[count] of jobs by their hashes[count][HASH_WORDS], in ascending order of rows. */
void merge_index_targets(const struct hash_table *jobs, const uint64_t *hashes, int64_t count,
                         struct merge_target *targets);
