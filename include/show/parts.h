/**
 * @file
 * Where the rows of a merged results file come from, for people.
 */
#pragma once

#include "base/json.h"
#include "store/parts.h"

/** Counts rows by part into *rows, [part_count + 1], of the arena; number 0 is of no part. */
enum status parts_rows(const struct results_reader *reader, int64_t part_count, struct arena *arena,
                       int64_t **rows, struct error *error) CHECKED;

/** Prints a line for each of the first parts; nothing for a file that was not merged. */
enum status parts_print(const struct results_reader *reader, struct error *error) CHECKED;

/** Adds the array "parts", empty for a file that was not merged. */
enum status parts_add_json(const struct results_reader *reader, struct json_object *root,
                           struct error *error) CHECKED;
