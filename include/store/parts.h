/**
 * @file
 * The parts of a merged file: the files that its rows come from. Group `parts/N` describes part
 * number N = 1, 2, …: the attributes of the part's file, its path and its runs. The variable `part`
 * holds the number of the part of every row; 0 for rows written by a run on the merged file itself.
 * Serial.
 */
#pragma once

#include "store/reader.h"
#include "store/row.h"

/** A part. Strings belong to the arena; "" where the part's file lacks the attribute. */
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

/** Reads part `number` (from 1); 0 reads the file itself, as if it were a part. */
enum status parts_read(const struct results_reader *reader, int64_t number, struct arena *arena,
                       struct results_part *part, struct error *error) CHECKED;

/** Creates the group of parts, and the variable `part` for the rows of `job`. */
enum status parts_prepare(hid_t file, struct extent job, struct error *error) CHECKED;

/** Adds part number `number` to a file, as parts_read reads part `from` of `reader`. */
enum status parts_add(hid_t file, int64_t number, const struct results_reader *reader, int64_t from,
                      struct error *error) CHECKED;

/** An upper bound of what the part adds to a file's size, in bytes. */
uint64_t parts_size_bound(const struct results_part *part);
