/**
 * @file
 * Scores of a results file, averaged over rows that agree in the chosen keys.
 */
#pragma once

#include "aggregate/choice.h"

/** One score over one group's finished rows. Running mean and squares after Welford (1962). */
struct table_cell {
    int64_t count;     /**< rows with a number */
    int64_t undefined; /**< done rows whose score is NaN or infinite: not in the mean */
    double mean;
    double squares; /**< sum of squared deviations from the mean */
};

/** Rows by state. */
struct table_count {
    int64_t done, missing, diverged, quarantined;
};

/** Rows that agree in all keys. */
struct table_group {
    const unsigned char *key; /**< the keys' values, one after the other */
    struct table_cell *cells; /**< [score_count] */
    struct table_count rows;
};

struct table {
    struct arena arena;
    const char *path;
    const char *name;            /**< of the sweep */
    uint64_t sweeps;             /**< of the rows: more than one in some merged files */
    size_t key_count, key_bytes; /**< bytes of all keys together */
    struct table_key *keys;
    size_t score_count;
    struct table_score *scores;
    size_t group_count;
    struct table_group *groups; /**< in the order of their first row */
    int64_t job_count;
    int64_t torn;     /**< rows whose checksum is wrong; counted as missing */
    int64_t repeated; /**< rows whose job is done in an earlier row: counted nowhere else */
    struct table_count rows;
};

/**
 * Computes the table; call table_free in every case. Names and units belong to the reader, which
 * must outlive the table. STATUS_BAD_INPUT names an unknown key or score and the nearest one.
 */
enum status table_compute(const struct results_reader *reader, const struct table_request *request,
                          struct table *table, struct error *error) CHECKED;
void table_free(struct table *table);

/** The mean; NaN when there is no number. */
double table_mean(const struct table_cell *cell);

/** Sample standard deviation (n − 1); NaN when there are fewer than two. */
double table_deviation(const struct table_cell *cell);

/** The bytes of the group's value of a key, as many as the key has. */
const unsigned char *table_key_value(const struct table *table, const struct table_group *group,
                                     size_t key);

/** The group's value of a key as a number; NaN for a text, and where jobs have no such key. */
double table_key_number(const struct table *table, const struct table_group *group, size_t key);

/** The group's value of a key as text, owned by the arena; "" where jobs have no such key. */
enum status table_key_text(const struct table *table, const struct table_group *group, size_t key,
                           struct arena *arena, const char **text, struct error *error) CHECKED;
