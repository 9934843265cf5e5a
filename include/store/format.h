/**
 * @file
 * Names and fixed sizes of a results file: one HDF5 file for a sweep, readable as netCDF-4, one row
 * a job. Its life: rank 0 creates it (create.h) or compares it with the sweep (match.h), reads
 * which rows are finished (states.h), takes the run's number (run_epoch.h) and copies rows from
 * older files (reuse.h). Then all ranks open it and write rows (results.h). Everybody else reads
 * (reader.h).
 */
#pragma once

#include <stdint.h>

enum {
    FORMAT_VERSION = 2,
    FORMAT_WITH_INCARNATIONS = 2, /**< from which version on files can be written by runs */
    RUN_SLOTS = 64,               /**< runs whose start and end the file has room for */
    RUN_HOSTS_BYTES = 256,        /**< room for the hosts of a run */
    RUN_TIME_UNITS = 1000,        /**< units of a run's times in a second */
    HASH_WORDS = 2,               /**< 64-bit words of a job's hash */
};

#define FORMAT_NAME "modsweep results"

/** In an integer column: the job has no such key. In a real one that is NaN, in a text "". */
#define ABSENT_INTEGER INT64_MIN

/* Root attributes. Lists hold names separated by one space. */
#define ATTRIBUTE_FORMAT "format"
#define ATTRIBUTE_VERSION "format_version"
#define ATTRIBUTE_NAME "title"
#define ATTRIBUTE_YAML "sweep_yaml"
#define ATTRIBUTE_FILE "sweep_file"
#define ATTRIBUTE_OVERRIDES "overrides"
#define ATTRIBUTE_SEED "seed"
#define ATTRIBUTE_FINGERPRINT "fingerprint"
#define ATTRIBUTE_AXES "axes"
#define ATTRIBUTE_SCORES "scores"
#define ATTRIBUTE_RECORD "record"
#define ATTRIBUTE_PROGRAM "modsweep_version"
#define ATTRIBUTE_COMMIT "modsweep_commit"
#define ATTRIBUTE_HDF5 "hdf5_version"
#define ATTRIBUTE_MPI "mpi_version"
#define ATTRIBUTE_BLAS "openblas_version"
#define ATTRIBUTE_CREATED "created"
#define ATTRIBUTE_HOST "host"

/* Integers, absent from the first files: which shard of how many (1 of 1: the whole sweep), the
 * jobs of the whole sweep, and the sweeps that the rows are of. */
#define ATTRIBUTE_SHARD "shard"
#define ATTRIBUTE_SHARDS "shards"
#define ATTRIBUTE_JOBS "sweep_jobs"
#define ATTRIBUTE_SWEEPS "sweeps"

/* Of a group in `parts`: where its file was. */
#define ATTRIBUTE_PATH "path"

/* Of merged files: a group for every part. */
#define GROUP_PARTS "parts"

/* Dimensions. */
#define DIMENSION_JOB "job"
#define DIMENSION_RUN "run"
#define DIMENSION_WORD "word"

/* Variables of every file, one value a job. */
#define VARIABLE_REPLICATE "replicate"
#define VARIABLE_HASH "hash"
#define VARIABLE_STATE "state"
#define VARIABLE_ATTEMPTS "attempts"
#define VARIABLE_STEPS "steps"
#define VARIABLE_SECONDS "seconds"
#define VARIABLE_CHECKSUM "checksum"
#define VARIABLE_ROW_EPOCH "incarnation"

/* One value. */
#define VARIABLE_LATEST_EPOCH "incarnations"

/* Of merged files, one value a job. */
#define VARIABLE_PART "part"

/* Variables of every file, one value a run; their names begin alike. */
#define RUN_VARIABLES "run_"
#define VARIABLE_RUN_STARTED "run_started"
#define VARIABLE_RUN_ENDED "run_ended"
#define VARIABLE_RUN_RANKS "run_ranks"
#define VARIABLE_RUN_BEFORE "run_finished_before"
#define VARIABLE_RUN_HOSTS "run_hosts"
#define VARIABLE_RUN_EPOCH "run_incarnation"
