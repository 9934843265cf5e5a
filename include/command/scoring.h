/**
 * @file
 * Options that are parameters of the `scoring` section (job/scoring.h).
 */
#pragma once

#include "command/options.h"
#include "job/scoring.h"

/**
 * Reads --neighbours, --duplicates and --noise into *scoring, which keeps its values where they are
 * not given. STATUS_BAD_INPUT names the option and what its parameter expects.
 */
enum status scoring_options(const struct arguments *arguments, struct scoring_settings *scoring,
                            struct error *error) CHECKED;
