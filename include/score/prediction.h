/**
 * @file
 * What the theory predicts for a job, worked out once for all scores that ask for it.
 */
#pragma once

#include "score/score.h"

/** NaN where it is undefined, or the hull is too large (theory/facets.h). */
struct prediction {
    double margin; /**< of the sources (theory/margin.h) */
    double price;  /**< of modularity with exact reproduction, λ = loss.weights / loss.activity */
    double least;  /**< loss of any network with nonnegative latents */
    double gap;    /**< certified: how far below `least`, relatively, one could still be */
    double angle;  /**< radians, of the most mixed neuron at the least loss */
};

/** Fills what `parts` (of enum prediction_part) ask for; the rest is NaN. */
enum status prediction_make(const struct score_input *input, unsigned parts, struct arena *arena,
                            struct prediction *prediction, struct error *error) CHECKED;
