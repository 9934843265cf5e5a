/**
 * @file
 * Names and fixed sizes of a results file, shared by what writes it and what reads it.
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
#define ATTRIBUTE_FINGERPRINT "fingerprint"
#define ATTRIBUTE_AXES "axes"
#define ATTRIBUTE_SCORES "scores"
#define ATTRIBUTE_RECORD "record"

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
#define VARIABLE_INCARNATION "incarnation"

/* One value. */
#define VARIABLE_INCARNATIONS "incarnations"

/* Variables of every file, one value a run. */
#define VARIABLE_RUN_STARTED "run_started"
#define VARIABLE_RUN_ENDED "run_ended"
#define VARIABLE_RUN_RANKS "run_ranks"
#define VARIABLE_RUN_BEFORE "run_finished_before"
#define VARIABLE_RUN_HOSTS "run_hosts"
#define VARIABLE_RUN_INCARNATION "run_incarnation"
