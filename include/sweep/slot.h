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

enum slot { SLOT_DATA, SLOT_NETWORK, SLOT_TRAIN, SLOT_SOLVER, SLOT_LOSS, SLOT_SCORING, SLOT_COUNT };

/** "data", "network", "train", "loss" or "scoring". */
const char *slot_section(enum slot slot);

/** Whether a key is of the slot's section. */
bool slot_holds(enum slot slot, const char *key);

/** The key without its section: "steps" of "train.steps". */
const char *slot_name(const char *key);

/** The key that picks the slot's component ("data.kind"), or NULL where there is only one. */
const char *slot_selector(enum slot slot);

/** What the selector picks when it is not given, or NULL where it must be given. */
const char *slot_default(enum slot slot);

/** Component `index` of the slot's table, NULL past its end. */
const struct component *slot_component(enum slot slot, size_t index);

/** How many components the slot's table has. */
size_t slot_component_count(enum slot slot);

/** The job's settings struct for the slot. */
void *slot_settings(enum slot slot, struct job *job);

/** Points the job at component `index` of the slot's table. */
void slot_choose(enum slot slot, size_t index, struct job *job);
