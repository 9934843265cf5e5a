/**
 * @file
 * The sections of a sweep and the tables behind them. A slot is one settings struct of a job: the
 * sections `data`, `network`, `loss` and `scoring` fill one each, `train` fills two, its own and
 * the solver's.
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

/** "data", "network", "train", "loss" or "scoring". */
const char *section_name(enum section section);

/** Whether a key is of the slot's section. */
bool section_holds(enum section section, const char *key);

/** The key without its section: "steps" of "train.steps". */
const char *section_parameter_name(const char *key);

/** The key that picks the slot's component ("data.kind"), or NULL where there is only one. */
const char *section_selector(enum section section);

/** What the selector picks when it is not given, or NULL where it must be given. */
const char *section_default(enum section section);

/** Component `index` of the slot's table, NULL past its end. */
const struct component *section_component(enum section section, size_t index);

/** How many components the slot's table has. */
size_t section_component_count(enum section section);

/** The job's settings struct for the slot. */
void *section_settings(enum section section, struct job *job);

/** Points the job at component `index` of the slot's table. */
void section_choose(enum section section, size_t index, struct job *job);
