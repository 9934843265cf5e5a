/**
 * @file
 * The contents of a merged file: the union of the axes, scores and variables of its inputs, each
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

/** Whether all files hold the same sweep or shards of it, so that rows go by job numbers. */
bool merge_is_aligned(const struct merge_inputs *inputs);

/**
 * STATUS_BAD_INPUT, naming both files, when some are shards of different sweeps, or one of two
 * shards and one of three, say.
 */
enum status merge_check_shards(const struct merge_inputs *inputs, struct error *error) CHECKED;

/**
 * Unites the inputs into a file of `rows` rows; settings: those of different sweeps, empty if all
 * files hold the same sweep. STATUS_BAD_INPUT, naming both files, when a variable has another type
 * or other dimensions in each.
 */
enum status merge_unite(const struct merge_inputs *inputs, const struct merge_settings *settings,
                        int64_t rows, struct arena *arena, struct merge_schema *schema,
                        struct error *error) CHECKED;
