/**
 * @file
 * The results file: one HDF5 file for a sweep, readable as netCDF-4, one row a job.
 */
#pragma once

#include "base/arena.h"
#include "sweep/sweep.h"

#include <mpi.h>
#include <stdbool.h>
#include <stdint.h>

/** What a row says of its job. */
enum row_state {
    ROW_MISSING = 0,
    ROW_DONE = 1,
    ROW_DIVERGED = 2,    /**< the loss became non-finite at `steps` */
    ROW_QUARANTINED = 3, /**< given up after killing its process too often */
};

enum variable_type { VARIABLE_FLOAT64, VARIABLE_FLOAT32, VARIABLE_INT64 };

enum { VARIABLE_DIMENSIONS_MAX = 3 };

/** A dimension besides `job`. Variables that name the same dimension have the same length there. */
struct extent {
    const char *name;
    size_t length;
};

/** One variable that workers write, and its place in a record. */
struct variable {
    const char *name;
    enum variable_type type;
    const char *unit;
    const char *help;
    size_t extent_count;
    struct extent extents[VARIABLE_DIMENSIONS_MAX];
    size_t elements; /**< per job: product of the extents */
    size_t offset;   /**< bytes into a record, 8-byte aligned */
};

/**
 * The variables of a sweep, and the record: one job's row as flat bytes, in which every variable
 * has its offset. What is narrower than the variable (a smaller network of the sweep) is padded
 * with NaN.
 */
struct results_layout {
    size_t variable_count;
    size_t capacity;
    struct variable *variables;
    size_t record_bytes;
};

/** Adds a variable (name, unit, help must outlive the layout); its index, or SIZE_MAX without
 * memory, with the error set. */
size_t layout_add(struct results_layout *layout, struct arena *arena, enum variable_type type,
                  const char *name, const char *unit, const char *help, size_t extent_count,
                  const struct extent *extents, struct error *error);

/** Fills a record with NaN (integers with 0). */
void layout_clear(const struct results_layout *layout, void *record);

/** The row of one job besides its record. */
struct row {
    int64_t job;
    enum row_state state;
    int64_t steps;  /**< steps done; for a diverged job the step whose loss was non-finite */
    double seconds; /**< of one core, the job's share of its bundle */
    const void *record;
};

struct results;

/**
 * Creates the file with all its metadata under a temporary name beside it, fills what is known
 * before training (axes, replicate, hash), and renames it. Never replaces a file. One rank alone,
 * not collective. STATUS_STORAGE on failure, with nothing left behind.
 */
enum status results_create(const char *path, const struct sweep *sweep,
                           const struct results_layout *layout, struct error *error) CHECKED;

/**
 * Compares a file with the sweep: STATUS_OK when it holds this very grid with these variables;
 * STATUS_BAD_INPUT, naming the difference and --reuse, when it holds another; STATUS_STORAGE when
 * it is no results file. Not collective.
 */
enum status results_match(const char *path, const struct sweep *sweep,
                          const struct results_layout *layout, struct error *error) CHECKED;

/**
 * Reads the state of every row (states[job_count]) and verifies checksums: a finished row whose
 * checksum is wrong counts as missing; *torn is their number. Not collective.
 */
enum status results_states(const char *path, const struct results_layout *layout, uint8_t *states,
                           int64_t *torn, struct error *error) CHECKED;

/** Opens the file for writing rows, through the MPI-IO driver. Collective over `comm`. */
enum status results_open(const char *path, const struct results_layout *layout, MPI_Comm comm,
                         struct results **results, struct error *error) CHECKED;

/**
 * Writes `count` finished rows, data first and states last; contiguous jobs are written together.
 * Independent: no other rank is needed. STATUS_STORAGE when a write fails (a full disk).
 */
enum status results_write(struct results *results, const struct row *rows, size_t count,
                          struct error *error) CHECKED;

/** Flushes this rank's rows to the disk (fsync on a descriptor of its own). Independent. */
enum status results_sync(struct results *results, struct error *error) CHECKED;

/** Closes. Collective; NULL is allowed. */
enum status results_close(struct results *results, struct error *error) CHECKED;

/**
 * Copies finished rows of an older file whose job hash and variables match rows of `path` that are
 * still missing. states[job_count] is brought up to date; *copied says how many. Not collective,
 * before results_open. STATUS_BAD_INPUT when `older` is no results file.
 */
enum status results_reuse(const char *path, const char *older, const struct sweep *sweep,
                          const struct results_layout *layout, uint8_t *states, int64_t *copied,
                          struct error *error) CHECKED;

/** Where a run's start and end are kept: fixed-size data, so that no metadata changes after
 * creation. */
struct run_note {
    double started, ended; /**< seconds since 1970, UTC; ended 0 while it runs */
    int64_t ranks;
    char hosts[256]; /**< "name*ranks,name*ranks"; cut with "…" when longer */
};

/**
 * Writes note number `slot` (taken from results_next_run before results_open) of the file's runs.
 * Independent.
 */
enum status results_note_run(struct results *results, int64_t slot, const struct run_note *note,
                             struct error *error) CHECKED;

/** The first unused slot of the file's runs (the last one when all are used). Not collective. */
enum status results_next_run(const char *path, int64_t *slot, struct error *error) CHECKED;
