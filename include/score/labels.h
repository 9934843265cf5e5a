/**
 * @file
 * Sources as labels: groups samples with equal values of some of the sources, and the entropy of
 * the groups.
 */
#pragma once

#include "base/arena.h"
#include "score/score.h"

#include <stddef.h>
#include <stdint.h>

/** Samples sorted into groups of equal labels. Owned by the arena. */
struct labels {
    size_t count;    /**< of different labels, at least 1 */
    uint32_t *codes; /**< [samples], in 0 … count − 1 */
    double *mass;    /**< [count]; summed weights of the samples of each label */
};

/** Labels that are equal for all samples: those of no source. */
enum status labels_none(const struct score_input *input, struct arena *arena, struct labels *labels,
                        struct error *error) CHECKED;

/** Splits the labels further by the values of source i, which are compared as they are. */
enum status labels_split(const struct score_input *input, size_t i, struct arena *arena,
                         struct labels *labels, struct error *error) CHECKED;

/** Labels of all sources but i; of all sources when i is their number. */
enum status labels_without(const struct score_input *input, size_t i, struct arena *arena,
                           struct labels *labels, struct error *error) CHECKED;

/** −Σ p log p over the labels' mass, in nats; exactly 0 for a single label. */
double labels_entropy(const struct labels *labels);
