/**
 * @file
 * Which columns of a results file are shown: keys, by which rows are grouped, and scores, which are
 * averaged.
 */
#pragma once

#include "store/reader.h"

#include <stdbool.h>

/** The columns that a user asks for. Empty lists ask for the defaults. */
struct table_request {
    size_t key_count;
    const char *const
        *keys; /**< axes, or "replicate"; default: all axes with more values than one */
    size_t score_count;
    const char *const *scores; /**< default: choice_usual_scores */
    bool whole;                /**< no keys: one group of all jobs */
};

/** A column by which rows are grouped. */
struct table_key {
    const char *name;
    const char *unit, *help; /**< "" when it has none */
    enum hdf_storage storage;
    size_t offset, bytes; /**< of one value in a group's key; the table sets the offset */
};

/** A column that is averaged. */
struct table_score {
    const char *name, *unit, *help; /**< help is "" when it has none */
};

/** The keys that the request names, or the varying axes; owned by the arena. STATUS_BAD_INPUT names
 * an unknown key and the nearest one. */
enum status choice_keys(const struct results_reader *reader, const struct table_request *request,
                        struct arena *arena, struct table_key **keys, size_t *count,
                        struct error *error) CHECKED;

/** The same for scores; the default is choice_usual_scores. */
enum status choice_scores(const struct results_reader *reader, const struct table_request *request,
                          struct arena *arena, struct table_score **scores, size_t *count,
                          struct error *error) CHECKED;

/** Whether the file has a variable of that name with one number a job. */
bool choice_has_score(const struct results_reader *reader, const char *name);

/** The scores shown unless a user names some: the sweep's scores, then the loss, as far as the file
 * has them. The list belongs to the arena. */
enum status choice_usual_scores(const struct results_reader *reader, struct arena *arena,
                                const char ***names, size_t *count, struct error *error) CHECKED;

/** The axes with more values than one, in the file's order; keys belong to the arena. */
enum status choice_varying(const struct results_reader *reader, struct arena *arena,
                           struct table_key **keys, size_t *count, struct error *error) CHECKED;

/** Lists the names of varying[count] that are not in names[name_count]: "a, b"; owned by the arena.
 */
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
