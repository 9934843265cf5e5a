/**
 * @file
 * Where in the YAML a job's value is written; for errors found after parsing.
 */
#pragma once

#include "sweep/types.h"

/**
 * Puts "file:line:column: KEY: " before the message: the place of the value that job `index` has
 * for the key, else of what chose the component (data.kind), else of the case. Returns the status.
 */
enum status sweep_prefix_place(const struct sweep *sweep, int64_t index, const char *key,
                               struct error *error);
