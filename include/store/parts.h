/**
 * @file
 * Where the rows of a merged file come from. Group `parts/N` describes part number N = 1, 2, …: the
 * attributes that its file had, the file's path, and its runs. The variable `part` tells the part
 * of every row; 0 is a row that a run on the merged file itself has written. Serial.
 */
#pragma once

#include "store/reader.h"
#include "store/row.h"

/** A part. Strings belong to the arena; "" where the part's file did not say. */
struct results_part {
    const char *path; /**< as it was given to the merge */
    const char *name; /**< of the sweep */
    const char *yaml; /**< the sweep */
    const char *file; /**< of the sweep */
    const char *overrides;
    const char *program, *commit; /**< of modsweep */
    const char *created, *host;
    uint64_t fingerprint;
    uint64_t sweeps;
    struct shard shard; /**< count 1: not a shard */
    size_t run_count;
    struct run_note *runs; /**< oldest first */
};

/** The number of parts; 0 for a file that was not merged. */
int64_t parts_count(const struct results_reader *reader);

/** Reads part `number` (from 1), or what the file would say as a part itself (0). */
enum status parts_read(const struct results_reader *reader, int64_t number, struct arena *arena,
                       struct results_part *part, struct error *error) CHECKED;

/** Creates the group of parts, and the variable `part` for the rows of `job`. */
enum status parts_prepare(hid_t file, struct extent job, struct error *error) CHECKED;

/** Adds part number `number` to a file, as parts_read reads part `from` of `reader`. */
enum status parts_add(hid_t file, int64_t number, const struct results_reader *reader, int64_t from,
                      struct error *error) CHECKED;

/** An upper bound of what the part adds to a file's size, in bytes. */
uint64_t parts_size_bound(const struct results_part *part);
