/**
 * @file
 * Which row a job has in a file merged from different sweeps: jobs in the order of the inputs, each
 * once, found by their hash. For the room store only; serial.
 */
#pragma once

#include "store/hash_table.h"
#include "store/merge_input.h"

struct merge_index {
    int64_t row_count;
    uint64_t *hashes; /**< [row_count][HASH_WORDS] */
    struct hash_table table;
};

/** A row of a slab, and the row of the merged file that has its job. */
struct merge_target {
    int64_t row, index;
};

/** Numbers the jobs of all inputs. Memory belongs to the arena: 32 to 48 bytes a row of input. */
enum status merge_index_make(const struct merge_input *inputs, size_t count, struct arena *arena,
                             struct merge_index *index, struct error *error) CHECKED;

/** Finds targets[count] of jobs by their hashes[count][HASH_WORDS], in ascending order of rows. */
void merge_index_targets(const struct merge_index *index, const uint64_t *hashes, int64_t count,
                         struct merge_target *targets);
