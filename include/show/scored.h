/**
 * @file
 * Scores of arrays: `modsweep score`.
 */
#pragma once

#include "document/document.h"
#include "score/requirements.h"
#include "score/score.h"

enum { SCORED_MAX = 64 };

/** What was scored, and the scores. */
struct scored {
    struct score_input input;
    struct score_subject subject;
    size_t count;
    const struct score *chosen[SCORED_MAX]; /**< [count] */
    double values[SCORED_MAX];              /**< [count] */
    size_t matrix_count;
    const struct score_matrix *kinds[SCORED_MAX]; /**< [matrix_count] */
    const double *matrices[SCORED_MAX];           /**< [matrix_count], [sources][latents] each */
    bool *active;                                 /**< [latents] */
    size_t left_out_count;                        /**< that were not named and do not suit */
    const struct score *left_out[SCORED_MAX];
};

/** Appends scores and matrices, by name for programs. The scores must outlive the document. */
enum status scored_document(const struct scored *scored, struct document *document,
                            struct error *error) CHECKED;
