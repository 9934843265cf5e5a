/**
 * @file
 * What a command is: its options, as parameters of a settings struct, and the function that runs
 * it.
 */
#pragma once

#include "base/arena.h"
#include "parameter/parameter.h"

#include <stdbool.h>
#include <stddef.h>

/** An option: a parameter of a command's settings (parameter/word.h). */
struct option {
    /** The long name, without dashes; type, range, default and help; the field of the settings. A
     * field without a default stays zero when the option is not given. */
    struct parameter parameter;
    /** A section of sweeps that has a parameter of this name, or NULL: then all but `offset`, and
     * `fallback` unless it is NULL, comes from there. */
    const struct component *section;
    char letter;           /**< short name, which means the same in all commands, or 0 */
    char retired;          /**< short name of earlier versions, now refused, or 0 */
    const char *argument;  /**< what it takes, for help: "FILE.h5"; NULL for a flag */
    const char *otherwise; /**< in words, what holds by default where `fallback` is NULL */
};

/** Declares the parameter of an option in a table: the command's settings struct, the field in it,
 * the long name, the rest of PARAMETER_…, and what else a struct parameter has. */
#define OPTION(settings, field, long_name, kind, ...)                                              \
    .parameter = {.name = (long_name),                                                             \
                  .type = PARAMETER_##kind,                                                        \
                  .offset = offsetof(struct settings, field),                                      \
                  __VA_ARGS__}

/** A command line taken apart. */
struct arguments {
    const void *settings; /**< the command's settings struct */
    size_t positional_count;
    const char *const *positional;
    bool help; /**< --help was given; nothing else was checked */
};

/** A subcommand. */
struct command {
    const char *name;
    const char *synopsis; /**< positional arguments: "SWEEP.yaml" */
    const char *help;     /**< one line */
    const char *details;  /**< further paragraphs for --help, or "" */
    const struct option *options;
    size_t option_count;
    size_t settings_size; /**< bytes of the settings struct */
    size_t positional_minimum, positional_maximum;
    /** Does the work; its status becomes the exit status. The arena outlives the call. */
    enum status (*run)(const struct arguments *arguments, struct arena *arena, struct error *error);
};

/** The options of a command: their table, and the settings struct that they fill. */
#define COMMAND_OPTIONS(table, settings)                                                           \
    .options = (table), .option_count = sizeof(table) / sizeof *(table),                           \
    .settings_size = sizeof(struct settings)

/** All commands, NULL-terminated, in the order of --help. */
extern const struct command *const commands[];

/** The command of that name; STATUS_BAD_INPUT with the nearest name when there is none. */
enum status command_find(const char *name, const struct command **command,
                         struct error *error) CHECKED;
