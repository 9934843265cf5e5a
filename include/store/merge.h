/**
 * @file
 * Merges results files: shards and partial runs of one sweep by job number into its whole grid,
 * files of different sweeps by the hashes of their jobs. Memory is bounded: slabs of rows, a few
 * bytes for every row, and for different sweeps a table of hashes (about 40 bytes a row). Serial,
 * not collective.
 */
#pragma once

#include "base/arena.h"
#include "sweep/shard.h"
#include "sweep/sweep.h"

/** How one input was used. */
struct merge_report {
    const char *path;
    struct shard shard; /**< count 1: not a shard */
    int64_t rows, finished;
    int64_t torn;     /**< rows whose checksum is wrong: they count as missing */
    int64_t taken;    /**< rows of the merged file that come from it */
    int64_t repeated; /**< finished rows that another file had, too */
};

/** The contents of the merged file. */
struct merge_summary {
    int64_t sweeps; /**< whose jobs it holds */
    int64_t jobs, done, diverged, quarantined, missing;
    size_t input_count;
    struct merge_report *inputs; /**< [input_count]; belongs to the merge */
    size_t same_count;           /**< files that were given more than once, and read once */
};

/** Is told how many rows of all inputs were read. */
struct merge_progress {
    void (*show)(void *context, int64_t done, int64_t all);
    void *context;
};

struct merge;

/**
 * Opens the files and checks that they can be joined into `output`. STATUS_BAD_INPUT when one is no
 * results file, when `output` is one of them or exists, and when shards are of different sweeps.
 * The caller releases it.
 */
enum status merge_open(const char *output, const char *const *paths, size_t count,
                       struct merge **opened, struct error *error) CHECKED;

/** A sweep with jobs in the merged file, as the parts store it. */
struct merge_sweep {
    const char *text, *path, *overrides;
    const char *part; /**< the file that holds it */
    uint64_t fingerprint;
    const char *missing; /**< shards of it that are no inputs: "2/3, 3/3"; "" for none */
};

/**
 * The sweeps that merge_write needs, [*count]; owned by the merge. Of shards of one sweep that
 * sweep, if some shards are missing, for their jobs; of different sweeps all, for the settings that
 * differ.
 */
const struct merge_sweep *merge_sweeps(const struct merge *merge, size_t *count);

/**
 * Writes the merged file. sweeps: those of merge_sweeps. Of different sweeps, one that cannot be
 * read may be NULL; jobs that differ only in its settings then look like repetitions.
 * STATUS_BAD_INPUT when rows or variables contradict each other, STATUS_STORAGE when the file
 * cannot be written; then there is no file.
 */
enum status merge_write(struct merge *merge, const struct sweep *const *sweeps,
                        struct merge_progress progress, struct merge_summary *summary,
                        struct error *error) CHECKED;

/** Closes the files and frees the merge, unless *merge is NULL, which it is afterwards. */
void merge_release(struct merge **merge);
