/**
 * @file
 * What most distributions share: data sets whose inputs and targets are the sources themselves.
 */
#pragma once

#include "data/distribution.h"

/** Largest numbers of samples and of sources that a distribution accepts. */
enum { SAMPLES_MAX = 1 << 24, SOURCES_MAX = 1024 };

/** Settings of a distribution that draws independent samples; the first fields of its struct. */
struct sources_settings {
    int64_t points;
    int64_t sources;
};

/** Their parameters, for the table of such a distribution. */
#define SOURCES_PARAMETERS                                                                         \
    {.type = PARAMETER_INTEGER,                                                                    \
     PARAMETER_FIELD(struct sources_settings, points),                                             \
     PARAMETER_RANGE(2, SAMPLES_MAX),                                                              \
     .fallback = "32",                                                                             \
     .flags = PARAMETER_SHAPES,                                                                    \
     .help = "number of samples"},                                                                 \
    {                                                                                              \
        .type = PARAMETER_INTEGER, PARAMETER_FIELD(struct sources_settings, sources),              \
        PARAMETER_RANGE(1, SOURCES_MAX), .fallback = "2", .flags = PARAMETER_SHAPES,               \
        .help = "number of sources"                                                                \
    }

/** distribution.size of such a distribution. */
enum status sources_size_of(const void *settings, struct dataset_size *size,
                            struct error *error) CHECKED;

/** The size of a data set in which inputs and targets are the sources. */
struct dataset_size sources_size(size_t samples, size_t sources);

/**
 * Makes a data set of sources[samples][sources], which serve as inputs and targets too, with equal
 * weights. The weights come from the arena; sources are not copied.
 */
enum status sources_dataset(const double *sources, struct dataset_size size, struct arena *arena,
                            struct dataset *dataset, struct error *error) CHECKED;

/**
 * Refuses the parameter `amount` of a change to the data, saying what was expected; STATUS_OK when
 * `expected` is NULL.
 */
enum status sources_check_amount(double amount, const char *change, const char *expected,
                                 struct error *error) CHECKED;
