/**
 * @file
 * What a sweep gives its jobs for keys that are no axes of it: a value that it says, or a default.
 */
#pragma once

#include "base/arena.h"
#include "sweep/types.h"

/** The value that jobs of one kind have. Strings belong to the sweep. */
struct setting {
    const char *kind; /**< the component that the section picks ("corner"); "" where it has one */
    const struct parameter *parameter;
    const char *text; /**< as in YAML */
    double number;    /**< NaN for texts and lists */
};

/** The values of a key. Belongs to an arena. */
struct settings_of_key {
    const char *selector; /**< the key that tells the kind ("data.kind"); NULL where kind is "" */
    size_t count;
    struct setting
        *list; /**< a kind each; kinds of the sweep that have no such key are not there */
};

/** The keys that some case gives, and the kinds that it leaves at their default, [*count], each
 * once. They belong to the sweep, the list to the arena. */
enum status setting_keys(const struct sweep *sweep, struct arena *arena, const char ***keys,
                         size_t *count, struct error *error) CHECKED;

/**
 * The values of a key ("train.steps", "data.kind"), whether or not the sweep gives it; none if its
 * jobs have no such key. Of a key that is an axis of the sweep, some of its values.
 */
enum status setting_values(const struct sweep *sweep, const char *key, struct arena *arena,
                           struct settings_of_key *values, struct error *error) CHECKED;

/** Makes a column hold a value of a parameter, too. */
void setting_widen(struct axis_column *column, const struct parameter *parameter, const char *text);

/** A column that holds values of a key: of the first one's type, or of one that holds all types. */
struct axis_column setting_column(const char *key, const struct setting *list, size_t count);
