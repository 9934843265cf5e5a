/**
 * @file
 * The sections of a sweep and the components that each may choose from. A section here fills one
 * settings struct of a job. In the file, SECTION_TRAIN and SECTION_SOLVER are both `train`.
 */
#pragma once

#include "data/distribution.h"
#include "job/job.h"
#include "network/network.h"
#include "parameter/parameter.h"
#include "solver/solver.h"

#include <stdbool.h>
#include <stddef.h>

enum section {
    SECTION_DATA,
    SECTION_NETWORK,
    SECTION_TRAIN,
    SECTION_SOLVER,
    SECTION_LOSS,
    SECTION_SCORING,
    SECTION_COUNT
};

/** A section; selector, fallback and help are NULL where there is only one component. */
struct section_info {
    const char *name;     /**< "data", "network", "train", "loss" or "scoring" */
    const char *selector; /**< the key that selects the component ("data.kind") */
    const char *fallback; /**< the selector's default; NULL where it must be given */
    const char *help;     /**< of the selector */
    size_t settings;      /**< offset in struct job of the settings struct that the section fills */
};

extern const struct section_info sections[SECTION_COUNT];

/** Whether a key such as "data.points" begins with the section's name. */
bool section_holds(enum section section, const char *key);

/** The key without its section: "steps" of "train.steps". */
const char *section_parameter_name(const char *key);

/** Component `index` of the section, NULL past the last. */
const struct component *section_component(enum section section, size_t index);

/** How many components the section has. */
size_t section_component_count(enum section section);

/** The settings struct of a job that the section fills. */
void *section_settings(enum section section, struct job *job);

/** Points the job to component `index` of the section. */
void section_choose(enum section section, size_t index, struct job *job);
