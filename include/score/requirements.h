/**
 * @file
 * Whether a score can be computed for given sources and latents, so that sweeps and commands refuse
 * it before anything runs.
 */
#pragma once

#include "score/score.h"

/** What is to be scored. */
struct score_subject {
    const char *data;     /**< in messages: where the sources are from */
    const char *evidence; /**< what shows that the sources are no labels; or NULL */
    const char *hint;     /**< how sources are declared to be labels; or NULL */
    const char *expected; /**< what would have known frequencies; or NULL */
    size_t sources;       /**< S */
    size_t latents;       /**< Z; 0: none */
    bool periodic;        /**< the sources' frequencies are known */
    bool labels;          /**< sources are labels (data/distribution.h) */
    const char *owner;    /**< in messages: what has the latents */
};

/** STATUS_BAD_INPUT, with a message that begins with the score's name, when it cannot be computed.
 */
enum status score_check_requirements(const struct score *score, const struct score_subject *subject,
                                     struct error *error) CHECKED;
