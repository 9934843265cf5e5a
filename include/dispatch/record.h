/**
 * @file
 * What the row of a job holds, and how it is filled.
 */
#pragma once

#include "plan/plan.h"
#include "solver/train.h"
#include "store/layout.h"

enum loss_term {
    LOSS_TOTAL,
    LOSS_FIT,
    LOSS_ACTIVITY,
    LOSS_NEGATIVITY,
    LOSS_SPARSITY,
    LOSS_WEIGHTS,
    LOSS_TERMS
};

/** The layout of a sweep's rows with the index of every variable in it. */
struct record_map {
    const struct sweep *sweep;
    struct results_layout layout;
    struct plan_sizes sizes; /**< of the variables */
    bool trains; /**< some job trains; otherwise a row holds nothing besides its state */
    size_t loss[LOSS_TERMS];
    size_t gradient;
    size_t frequencies; /**< only if sizes.periodic */
    size_t *scores;     /**< [sweep->score_count] */
    size_t *matrices;   /**< [matrix_count] */
    size_t matrix_count;
    size_t tensor_count; /**< 0 unless weights are saved; likewise the next four */
    const char *tensor_names[NETWORK_TENSORS_MAX];
    size_t tensors[NETWORK_TENSORS_MAX];
    size_t activity, sources, sample_weights, history;
};

/** Lays out the rows of a planned sweep. Memory belongs to the arena. STATUS_NO_MEMORY. */
enum status record_map_make(const struct plan *plan, struct arena *arena, struct record_map *map,
                            struct error *error) CHECKED;

/** Everything known of one trained job. */
struct job_outcome {
    const struct network_shape *shape;
    const struct dataset *data;
    const struct trained *trained;
    const double *scores;          /**< [sweep->score_count]; NULL for a diverged job; likewise */
    const double *const *matrices; /**< [matrix_count], each [sources][latents] */
};

/**
 * Checks that a job's data and network fit into the variables, whose sizes the plan found.
 * STATUS_BAD_INPUT names the job and what is larger.
 */
enum status record_check(const struct record_map *map, int64_t job, const struct dataset_size *data,
                         const struct network_shape *shape, struct error *error) CHECKED;

/**
 * Fills a record of layout.record_bytes, padding what the job does not have: a diverged one has no
 * loss, scores, weights or activity, and data that are not periodic have no frequencies.
 */
void record_fill(const struct record_map *map, const struct job_outcome *outcome, void *record);
