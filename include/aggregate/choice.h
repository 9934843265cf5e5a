/**
 * @file
 * Which columns of a results file are shown. For the room show only.
 */
#pragma once

#include "aggregate/table.h"

/** Fills the table's keys and scores from the request or the defaults. STATUS_BAD_INPUT names an
 * unknown one and the nearest. */
enum status table_choose(const struct results_reader *reader, const struct table_request *request,
                         struct table *table, struct error *error) CHECKED;

/** The axes with more values than one, in the file's order; keys belong to the arena. */
enum status choice_varying(const struct results_reader *reader, struct arena *arena,
                           struct table_key **keys, size_t *count, struct error *error) CHECKED;

/** Those of varying[count] that are none of names[name_count], "a, b"; belongs to the arena. */
enum status choice_others(const struct table_key *varying, size_t count, const char *const *names,
                          size_t name_count, struct arena *arena, const char **list,
                          struct error *error) CHECKED;

/** Whether a name is a key (an axis, "replicate", or of a merged file "part") and not a score.
 * STATUS_BAD_INPUT names the nearest of both when it is neither. */
enum status choice_is_key(const struct results_reader *reader, const char *name, bool *is_key,
                          struct error *error) CHECKED;

/** STATUS_BAD_INPUT: "unknown WHAT 'NAME'", with the nearest of the names or all of them. */
enum status choice_unknown(const char *what, const char *name, const char *const *names,
                           size_t count, struct error *error) CHECKED;
