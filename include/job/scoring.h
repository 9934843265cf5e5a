/**
 * @file
 * The `scoring` section of a sweep: how scores of latents weigh samples, and how the
 * nearest-neighbour scores (score/neighbours.h) prepare latents.
 */
#pragma once

#include "parameter/parameter.h"

#include <stdint.h>

enum scoring_samples { SAMPLES_WEIGHTED, SAMPLES_EQUAL };

struct scoring_settings {
    int samples;        /**< enum scoring_samples: the weight of a sample in scores of latents */
    int64_t neighbours; /**< k: the k-th neighbour of the same label sets the distance */
    int64_t duplicates; /**< copies of each sample; 1: the sample itself */
    double noise;       /**< standard deviation of the noise on each latent of each copy,
                             in standard deviations of the latent; 0: none */
};

/** Declares the `scoring` section; settings are struct scoring_settings. */
extern const struct component scoring_component;

/** No copies, no noise: for continuous latents. */
extern const struct scoring_settings scoring_plain;
