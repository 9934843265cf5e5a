/**
 * @file
 * The `scoring` section of a sweep: how scores of latents weigh samples, and what the
 * nearest-neighbour scores (score/neighbours.h) do with latents before they count neighbours.
 */
#pragma once

#include "parameter/parameter.h"

#include <stdint.h>

enum scoring_samples { SAMPLES_WEIGHTED, SAMPLES_EQUAL };

struct scoring_settings {
    int samples;        /**< enum scoring_samples: what scores of latents count a sample for */
    int64_t neighbours; /**< k: which neighbour of the same label sets the distance */
    int64_t duplicates; /**< times that each sample is there; 1: as it is */
    double noise;       /**< standard deviation of what is added to each latent of each duplicate,
                             in standard deviations of the latent; 0: none */
};

/** Declares the `scoring` section; settings are struct scoring_settings. */
extern const struct component scoring_component;

/** Samples as they are, without duplicates and noise: for latents that are continuous. */
extern const struct scoring_settings scoring_plain;
