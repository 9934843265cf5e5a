/**
 * @file
 * A results file opened for reading, even while a run writes it. Serial, not collective.
 */
#pragma once

#include "store/axis.h"
#include "store/hdf.h"
#include "store/layout.h"
#include "sweep/shard.h"

#include <stdbool.h>

/** An open results file and its metadata, all of which belong to the arena. */
struct results_reader {
    struct arena arena;
    hid_t file;
    const char *path;
    const char *name; /**< of the sweep */
    uint64_t version; /**< of the format */
    uint64_t fingerprint;
    uint64_t sweeps;    /**< whose jobs it holds: more than one in some merged files */
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
 * STATUS_STORAGE when it is one but damaged. The caller releases it:
 * SCOPED(reader_release) struct results_reader *reader = NULL;
 */
enum status reader_open(const char *path, struct results_reader **opened,
                        struct error *error) CHECKED;

/** Closes the file and frees the reader, unless *reader is NULL, which it is afterwards. */
void reader_release(struct results_reader **reader);

/** Reads rows first … first+count−1 of a variable by name, converted to the given storage. */
enum status reader_column(const struct results_reader *reader, const char *name,
                          enum hdf_storage storage, int64_t first, int64_t count, void *values,
                          struct error *error) CHECKED;

/** Reads which shard's jobs an open file of `rows` rows has. STATUS_STORAGE when they do not match.
 */
enum status reader_shard(hid_t file, int64_t rows, struct shard *shard,
                         struct error *error) CHECKED;

/** The number of a row's job in the whole sweep. */
int64_t reader_job(const struct results_reader *reader, int64_t row);

/** The axis of that key, or NULL. */
const struct results_axis *reader_axis(const struct results_reader *reader, const char *key);

/** Reads the hash of every row, hashes[row][HASH_WORDS]; owned by the arena. */
enum status reader_hashes(const struct results_reader *reader, struct arena *arena,
                          const uint64_t **hashes, struct error *error) CHECKED;
