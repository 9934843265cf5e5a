/**
 * @file
 * Joining results files: shards and partial runs of one sweep, row by row into its whole grid, or
 * files of different sweeps, job by job as their hashes tell. Memory is bounded: slabs of rows, a
 * few bytes for every row, and for files of different sweeps a table of hashes (about 40 bytes a
 * row). Serial, not collective.
 */
#pragma once

#include "base/arena.h"
#include "sweep/shard.h"
#include "sweep/sweep.h"

/** What became of one input. */
struct merge_report {
    const char *path;
    struct shard shard; /**< count 1: not a shard */
    int64_t rows, finished;
    int64_t torn;     /**< rows whose checksum is wrong: they count as missing */
    int64_t taken;    /**< rows of the merged file that are of it */
    int64_t repeated; /**< finished rows that another file gave, too */
};

/** What the merged file holds. */
struct merge_summary {
    int64_t sweeps; /**< that its rows are of */
    int64_t jobs, done, diverged, quarantined, missing;
    size_t input_count;
    struct merge_report *inputs; /**< [input_count]; belongs to the merge */
    size_t same_count;           /**< files that were given more than once, and read once */
};

/** Told how many rows of all inputs were read. */
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

/** A sweep of which the merged file has jobs, as its parts keep it. */
struct merge_sweep {
    const char *text, *path, *overrides;
    const char *part; /**< the file that says so */
    uint64_t fingerprint;
    const char *missing; /**< shards whose jobs it has to tell itself: "2/3, 3/3"; "" for none */
};

/**
 * The sweeps that merge_write wants, [*count]; belongs to the merge. One to which shards are
 * missing; or those of different sweeps, which tell in which settings they differ.
 */
const struct merge_sweep *merge_sweeps(const struct merge *merge, size_t *count);

/**
 * Writes the merged file. sweeps: those that are wanted; of different ones any that cannot be read
 * may be NULL, and jobs that differ only in what it says then look like repetitions.
 * STATUS_BAD_INPUT when rows or variables contradict each other, STATUS_STORAGE when the disk is
 * full or the like; then there is no file.
 */
enum status merge_write(struct merge *merge, const struct sweep *const *sweeps,
                        struct merge_progress progress, struct merge_summary *summary,
                        struct error *error) CHECKED;

/** Closes the files and frees the merge, unless *merge is NULL, which it is afterwards. */
void merge_release(struct merge **merge);
