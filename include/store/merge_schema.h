/**
 * @file
 * What a merged file is to be: the union of the axes, scores and variables of its inputs, each
 * dimension as long as the longest. For the room store only.
 */
#pragma once

#include "store/merge_settings.h"
#include "store/metadata.h"

/** Everything belongs to the arena or the inputs. */
struct merge_schema {
    struct results_origin origin;
    struct results_layout layout;
    size_t part_count;
};

/** Whether all files are of one and the same sweep, or of shards of it: rows go by job numbers. */
bool merge_is_aligned(const struct merge_inputs *inputs);

/**
 * STATUS_BAD_INPUT, naming both files, when some are shards of different sweeps, or of different
 * numbers of shards.
 */
enum status merge_check_shards(const struct merge_inputs *inputs, struct error *error) CHECKED;

/**
 * Unites the inputs into a file of `rows` rows; settings: what their sweeps say, of files of one
 * and the same sweep nothing. STATUS_BAD_INPUT, naming both files, when they have a variable
 * of one name but of different kind.
 */
enum status merge_unite(const struct merge_inputs *inputs, const struct merge_settings *settings,
                        int64_t rows, struct arena *arena, struct merge_schema *schema,
                        struct error *error) CHECKED;
