/**
 * @file
 * A results file seen by who only reads it, also while a run writes it. Serial, not collective.
 */
#pragma once

#include "store/axis.h"
#include "store/hdf.h"
#include "store/layout.h"
#include "store/row.h"
#include "sweep/shard.h"

#include <stdbool.h>

/** An open results file and what its metadata say. Everything belongs to the arena. */
struct results_reader {
    struct arena arena;
    hid_t file;
    const char *path;
    const char *name; /**< of the sweep */
    uint64_t version; /**< of the format */
    uint64_t fingerprint;
    uint64_t sweeps;    /**< that its rows are of: more than one in some merged files */
    struct shard shard; /**< whose jobs have rows */
    int64_t job_count;  /**< rows */
    size_t axis_count;
    struct results_axis *axes;
    size_t score_count;
    const char **scores;
    struct results_layout layout;
};

/**
 * Opens a results file. STATUS_BAD_INPUT, saying what the file is instead, when it is none;
 * STATUS_STORAGE when it is one but damaged. Close with reader_close.
 */
enum status reader_open(const char *path, struct results_reader **opened,
                        struct error *error) CHECKED;

/** Closes; NULL is allowed. */
void reader_close(struct results_reader *reader);

/** Closes *reader, which may be NULL: for SCOPED. */
void reader_release(struct results_reader **reader);

/** Reads rows first … first+count−1 of a variable by name, converted to the given storage. */
enum status reader_column(const struct results_reader *reader, const char *name,
                          enum hdf_storage storage, int64_t first, int64_t count, void *values,
                          struct error *error) CHECKED;

/** Reads which shard's jobs an open file has, of `rows` rows. STATUS_STORAGE when these do not fit.
 */
enum status reader_shard(hid_t file, int64_t rows, struct shard *shard,
                         struct error *error) CHECKED;

/** The number of a row's job in the whole sweep. */
int64_t reader_job(const struct results_reader *reader, int64_t row);

/** The axis of that key, or NULL. */
const struct results_axis *reader_axis(const struct results_reader *reader, const char *key);

/**
 * Whether records of `layout` can be filled from this file: it has every variable, of the same
 * type and number of dimensions, each dimension at most as long. If not, STATUS_BAD_INPUT and why.
 */
enum status reader_covers(const struct results_reader *reader, const struct results_layout *layout,
                          struct error *error) CHECKED;

/**
 * Reads rows first … first+count−1 into records of `layout`, which the file covers; shorter
 * dimensions are padded as by layout_clear. scratch has room for `count` rows of this file's
 * widest variable.
 */
enum status reader_records(const struct results_reader *reader, const struct results_layout *layout,
                           int64_t first, int64_t count, void *scratch, void *records,
                           struct error *error) CHECKED;

/** Rows of this file and of `layout` that fit a slab of bounded memory together; at least 1,
 * at most all. */
int64_t reader_slab_rows(const struct results_reader *reader, const struct results_layout *layout);

/** Bytes of one row of the file's widest variable. */
size_t reader_widest(const struct results_reader *reader);

/** Reads the hash of every row, hashes[row][HASH_WORDS]; owned by the arena. */
enum status reader_hashes(const struct results_reader *reader, struct arena *arena,
                          const uint64_t **hashes, struct error *error) CHECKED;

/** Reads the state of every row; a finished row whose checksum is wrong is ROW_MISSING and counts
 * in *torn. */
enum status reader_states(const struct results_reader *reader, uint8_t *states, int64_t *torn,
                          struct error *error) CHECKED;

/** Reads the notes of runs, notes[RUN_SLOTS], oldest first; *count says how many there are. */
enum status reader_runs(const struct results_reader *reader, struct run_note *notes, size_t *count,
                        struct error *error) CHECKED;
