/**
 * @file
 * Scores of a trained network: what `scores` may name.
 */
#pragma once

#include "base/arena.h"
#include "base/random.h"
#include "job/scoring.h"
#include "parameter/parameter.h"

#include <stdbool.h>
#include <stddef.h>

struct loss_settings;
struct prediction;

/** Parts of the theory that a score uses (score/prediction.h). */
enum prediction_part {
    PREDICTION_MARGIN = 1u << 0,
    PREDICTION_PRICE = 1u << 1,
    PREDICTION_LEAST = 1u << 2, /**< the least loss, its gap and its angle */
};

/** What is scored. Row-major, double precision, not owned. */
struct score_input {
    size_t samples;       /**< N */
    size_t sources;       /**< S */
    size_t latents;       /**< Z; 0 when there are none (a score with needs_latents is not asked) */
    const double *source; /**< [samples][sources] */
    const double *latent; /**< [samples][latents] */
    const double *weights;            /**< [samples], sum 1 */
    const struct loss_settings *loss; /**< that the network was trained with; NULL without one */
    const double *frequencies;        /**< [sources] of struct dataset; NULL unless periodic */
    double time_step;                 /**< of struct dataset; samples are then its steps */
    double trained_loss; /**< that it reached; NaN where the theory does not know the least one */
    const struct scoring_settings *scoring; /**< NULL: scoring_plain */
    struct job_hash hash; /**< noise is from its stream RANDOM_SCORES, at its beginning */
    const struct prediction *prediction; /**< filled in by score_all */
};

/** A [source][latent] matrix that several scores reduce, hence computed once per job. */
struct score_matrix {
    const char *name; /**< also the variable in the results file: name(job, source, latent) */
    const char *help;
    /** Fills values[sources * latents]; NaN where undefined. Scratch memory comes from the arena.
     */
    enum status (*compute)(const struct score_input *input, struct arena *arena, double *values,
                           struct error *error);
};

struct score {
    struct component component;
    const char *unit; /**< NULL: a pure number */
    bool needs_latents;
    bool needs_loss;        /**< is defined only for networks trained in a sweep */
    bool needs_labels;      /**< counts how often each value of a source occurs */
    bool needs_frequencies; /**< looks for the frequencies of the sources in the latents */
    size_t needs_sources;   /**< exactly so many; 0: any number */
    bool compares_sources;  /**< undefined for a single source */
    const char *continuous; /**< score to use instead where sources are not labels; or NULL */
    unsigned predictions;   /**< of enum prediction_part */
    const struct score_matrix *matrix; /**< NULL when the score needs none */
    /** The score; `matrix` is the computed matrix or NULL. NaN where the score is undefined. */
    enum status (*compute)(const struct score_input *input, const double *matrix,
                           struct arena *arena, double *value, struct error *error);
};

/** All scores, NULL-terminated. */
extern const struct score *const scores[];

/**
 * Computes `count` scores of one input into values[count] and every distinct matrix they need, in
 * order of first use, into matrices[score_matrices(...)], each [sources * latents] and owned by the
 * arena.
 */
enum status score_all(const struct score *const *chosen, size_t count,
                      const struct score_input *given, struct arena *arena, double *values,
                      const double **matrices, struct error *error) CHECKED;

/** The distinct matrices behind `count` scores, in order of first use; returns how many (≤ count).
 */
size_t score_matrices(const struct score *const *chosen, size_t count,
                      const struct score_matrix **distinct);
