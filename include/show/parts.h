/**
 * @file
 * Where the rows of a merged results file come from, for `modsweep status`.
 */
#pragma once

#include "base/json.h"
#include "store/parts.h"

/** Prints a line for each of the first parts; nothing for a file that was not merged. */
enum status parts_print(const struct results_reader *reader, struct error *error) CHECKED;

/** Adds the array "parts", empty for a file that was not merged. */
enum status parts_add_json(const struct results_reader *reader, struct json_object *root,
                           struct error *error) CHECKED;
