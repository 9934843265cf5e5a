/**
 * @file
 * The values that jobs of a sweep have for keys that are no axes: given, or defaults.
 */
#pragma once

#include "base/arena.h"
#include "sweep/types.h"

/** The value that jobs with one component have. Strings belong to the sweep. */
struct setting {
    const char *kind; /**< name of the component ("grid"); "" in sections with only one */
    const struct parameter *parameter;
    const char *text; /**< as in YAML */
    double number;    /**< NaN for texts and lists */
};

/** The values of a key. Belongs to an arena. */
struct settings_of_key {
    const char *selector; /**< the key that selects the component ("data.kind"), or NULL */
    size_t count;
    struct setting *list; /**< one for each component in use that has the key */
};

/** The keys that some case gives, and selectors at their default, each once: [*count]. They belong
 * to the sweep, the list to the arena. */
enum status setting_keys(const struct sweep *sweep, struct arena *arena, const char ***keys,
                         size_t *count, struct error *error) CHECKED;

/**
 * The values of a key ("train.steps", "data.kind"), given or not; none if no job has the key. Of an
 * axis, only some values.
 */
enum status setting_values(const struct sweep *sweep, const char *key, struct arena *arena,
                           struct settings_of_key *values, struct error *error) CHECKED;

/** Widens a column so that it can also hold a value of a parameter. */
void setting_widen(struct axis_column *column, const struct parameter *parameter, const char *text);

/** A column of a key that can hold the values of a list (count ≥ 1), whatever their types. */
struct axis_column setting_column(const char *key, const struct setting *list, size_t count);
