/**
 * @file
 * What the theory predicts for a job, computed once for all scores that use it.
 */
#pragma once

#include "score/score.h"

/** NaN where it is undefined, or the hull is too large (theory/facets.h). */
struct prediction {
    double margin; /**< of the sources (theory/margin.h) */
    double price;  /**< of modularity with exact reproduction, λ = loss.weights / loss.activity */
    double least;  /**< loss of any network with nonnegative latents */
    double gap;    /**< certified: no loss is lower than `least` by a larger share */
    double angle;  /**< radians, of the most mixed neuron at the least loss */
};

/** Computes the `parts` (of enum prediction_part) that are asked for; the rest is NaN. */
enum status prediction_make(const struct score_input *input, unsigned parts, struct arena *arena,
                            struct prediction *prediction, struct error *error) CHECKED;
