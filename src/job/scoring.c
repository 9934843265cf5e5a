#include "job/scoring.h"

#include <stddef.h>

#define MAX_NEIGHBOURS 1000
#define MAX_DUPLICATES 1000
#define MAX_NOISE 10

static const char *const sample_kinds[] = {
    [SAMPLES_WEIGHTED] = "weighted", [SAMPLES_EQUAL] = "equal", NULL};

static const struct parameter parameters[] = {
    {.type = PARAMETER_CHOICE,
     PARAMETER_FIELD(struct scoring_settings, samples),
     .fallback = "weighted",
     .choices = sample_kinds,
     .help = "whether scores of latents count samples by their weights, or all the same"},
    {.type = PARAMETER_INTEGER,
     PARAMETER_FIELD(struct scoring_settings, neighbours),
     .minimum = 1,
     .maximum = MAX_NEIGHBOURS,
     .fallback = "2",
     .help = "neighbours of the same label that set the distance in infom and its kin"},
    {.type = PARAMETER_INTEGER,
     PARAMETER_FIELD(struct scoring_settings, duplicates),
     .minimum = 1,
     .maximum = MAX_DUPLICATES,
     .fallback = "2",
     .help = "times that infom and its kin take each sample, each time with noise of its own"},
    {.type = PARAMETER_REAL,
     PARAMETER_FIELD(struct scoring_settings, noise),
     .minimum = 0,
     .maximum = MAX_NOISE,
     .fallback = "1e-2",
     .help = "normal noise on latents in infom and its kin, in standard deviations of the latent"},
};

const struct component scoring_component = {
    .name = "scoring",
    .help = "how scores weigh samples, and what infom and its kin do with latents first",
    COMPONENT_PARAMETERS(parameters),
    .settings_size = sizeof(struct scoring_settings),
};

const struct scoring_settings scoring_plain = {.neighbours = 2, .duplicates = 1, .noise = 0.0};
