/**
 * @file
 * Command-line options from a table: parsing, checking and --help.
 */
#pragma once

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** One option. Every command has --help besides. */
struct option_spec {
    const char *name;     /**< long name without dashes */
    char letter;          /**< short name or 0 */
    const char *argument; /**< what it takes ("FILE.h5"), or NULL for a flag */
    const char *help;     /**< one line */
};

/** A command line taken apart. Strings belong to argv. */
struct arguments {
    const struct option_spec *specs;
    size_t spec_count;
    size_t given_count;
    struct given_option {
        const struct option_spec *spec;
        const char *value; /**< NULL for a flag */
    } * given;
    size_t positional_count;
    const char **positional;
    bool help; /**< --help was given: nothing else was checked */
};

/** A subcommand. */
struct command {
    const char *name;
    const char *synopsis; /**< positional arguments: "SWEEP.yaml" */
    const char *help;     /**< one line */
    const char *details;  /**< further paragraphs for --help, or "" */
    const struct option_spec *options;
    size_t option_count;
    size_t positional_minimum, positional_maximum;
    /** Does the work; whatever it returns becomes the exit status. */
    enum status (*run)(const struct arguments *arguments, struct error *error);
};

/** All commands, NULL-terminated, in the order of --help. */
extern const struct command *const commands[];

/**
 * Parses argv[0…argc), without the program's and command's names. STATUS_BAD_INPUT names the wrong
 * argument and the nearest option. Free with arguments_free in every case.
 */
enum status arguments_parse(const struct command *command, int argc, char **argv,
                            struct arguments *arguments, struct error *error) CHECKED;
void arguments_free(struct arguments *arguments);

/** Whether the option was given. */
bool argument_given(const struct arguments *arguments, const char *name);

/** The value of the option as given last, or `fallback`. */
const char *argument_value(const struct arguments *arguments, const char *name,
                           const char *fallback);

/** All values of a repeatable option, in order; at most given_count, returns how many. */
size_t argument_values(const struct arguments *arguments, const char *name, const char **values);

/** The value of an option that takes a whole number from 1 on, or `fallback` when not given. */
enum status argument_count(const struct arguments *arguments, const char *name, int64_t fallback,
                           int64_t *count, struct error *error) CHECKED;

/**
 * Reads the value of an option as a time in seconds, at least 0, into *seconds, which stays as it
 * is where the option was not given. STATUS_BAD_INPUT names the option.
 */
enum status argument_seconds(const struct arguments *arguments, const char *name, double *seconds,
                             struct error *error) CHECKED;

/** The words of an option's value between commas, owned by the arena; none when it was not given.
 */
enum status argument_list(const struct arguments *arguments, const char *name, struct arena *arena,
                          const char *const **words, size_t *count, struct error *error) CHECKED;

/** As argument_list, without words that stood there before; *none says whether the list was given
 * and is empty. */
enum status argument_names(const struct arguments *arguments, const char *name, struct arena *arena,
                           const char *const **names, size_t *count, bool *none,
                           struct error *error) CHECKED;

/** Prints the help of one command, or of the program when command is NULL, to standard output. */
void command_help(const struct command *command);
