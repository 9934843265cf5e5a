/**
 * @file
 * Fills a merged file with the rows of its inputs. For the room store only; serial.
 */
#pragma once

#include "base/hash_table.h"
#include "store/merge_window.h"

/** What a file is filled with. */
struct merge_fill {
    struct merge_inputs *inputs;
    const struct merge_schema *schema;
    const struct hash_table *jobs; /**< rows by hash; NULL where rows go by job numbers */
    const struct sweep *sweep;     /**< tells the jobs of missing shards; or NULL */
    /** Told how many rows of all inputs were read; or NULL. */
    void (*show)(void *context, int64_t done, int64_t all);
    void *show_context;
    struct arena *arena;
    int64_t counts[MERGE_STATES]; /**< rows of the merged file by state, missing ones apart */
};

/** Fills the file, which has all variables but those of parts; what a make_request calls, with a
 * struct merge_fill as the context. */
enum status merge_fill(hid_t file, void *context, struct error *error) CHECKED;
