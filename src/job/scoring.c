#include "job/scoring.h"

#include <stddef.h>

#define NEIGHBOURS_MAX 1000
#define DUPLICATES_MAX 1000
#define NOISE_MAX 10

static const char *const sample_kinds[] = {
    [SAMPLES_WEIGHTED] = "weighted", [SAMPLES_EQUAL] = "equal", NULL};

static const struct parameter parameters[] = {
    {.type = PARAMETER_CHOICE,
     PARAMETER_FIELD(struct scoring_settings, samples),
     .fallback = "weighted",
     .choices = sample_kinds,
     .help = "whether scores of latents count samples by weight or equally"},
    {.type = PARAMETER_INTEGER,
     PARAMETER_FIELD(struct scoring_settings, neighbours),
     PARAMETER_RANGE(1, NEIGHBOURS_MAX),
     .fallback = "2",
     .help = "neighbours of the same label that set the distance in infom and related scores"},
    {.type = PARAMETER_INTEGER,
     PARAMETER_FIELD(struct scoring_settings, duplicates),
     PARAMETER_RANGE(1, DUPLICATES_MAX),
     .fallback = "2",
     .help = "copies of each sample that infom and related scores take, each with its own noise"},
    {.type = PARAMETER_REAL,
     PARAMETER_FIELD(struct scoring_settings, noise),
     PARAMETER_RANGE(0, NOISE_MAX),
     .fallback = "1e-2",
     .help = "normal noise on latents in infom and related scores, in standard deviations of the "
             "latent"},
};

const struct component scoring_component = {
    .name = "scoring",
    .help = "how scores weigh samples, and how infom and related scores prepare latents",
    COMPONENT_PARAMETERS(parameters),
    .settings_size = sizeof(struct scoring_settings),
};

const struct scoring_settings scoring_plain = {.neighbours = 2, .duplicates = 1, .noise = 0.0};
