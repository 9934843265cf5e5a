/**
 * @file
 * Data distributions: what `data.kind` may be.
 */
#pragma once

#include "base/arena.h"
#include "base/random.h"
#include "parameter/parameter.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Sizes of a data set. */
struct dataset_size {
    size_t samples;   /**< N; from distribution.size: exact or an upper bound */
    size_t steps;     /**< T: samples are sequences of T, one after another, and N is exact; 0: no
                         order */
    size_t fewest;    /**< from distribution.size where that is a bound: N is no less; else 0 */
    size_t sources;   /**< S */
    size_t inputs;    /**< width of the input x */
    size_t targets;   /**< width of the target y */
    bool one_hot;     /**< one input of each sample is 1, the others 0 */
    bool labels;      /**< sources take few values, each many times: their entropy can be counted */
    bool periodic;    /**< sources are oscillations, of dataset.frequencies */
    bool own_targets; /**< targets are not the inputs */
};

/** Samples with their weights. Arrays are row-major and owned by the arena given to `draw`. */
struct dataset {
    struct dataset_size size;
    const double *sources; /**< [samples][sources] */
    const double *inputs;  /**< [samples][inputs]; may be the same array as sources; NULL when one
                                hot */
    const uint32_t *hot;   /**< [samples], ascending: which input is 1; NULL unless one hot */
    const double *targets; /**< [samples][targets]; may be the same array as sources */
    const double *weights; /**< [samples], each > 0, sum 1 */
    const double *frequencies; /**< [sources] in radians per unit of time; NULL unless periodic */
    double time_step;          /**< between two samples of a sequence; 0 unless periodic */
};

struct distribution {
    struct component component;
    /** N (or a bound on it), S and widths from the settings alone, without drawing. */
    enum status (*size)(const void *settings, struct dataset_size *size, struct error *error);
    /** Draws the data set. The stream is RANDOM_DATA of the job, at its beginning. */
    enum status (*draw)(const void *settings, struct random_stream *stream, struct arena *arena,
                        struct dataset *dataset, struct error *error);
};

/** All distributions, NULL-terminated, in the order in which `modsweep list` shows them. */
extern const struct distribution *const distributions[];
