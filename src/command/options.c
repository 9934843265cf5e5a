#include "command/options.h"

#include "base/text.h"
#include "parameter/word.h"

#include <string.h>

enum { NAMES_MAX = 64 };

/* A command line while it is parsed. */
struct options_line {
    const struct command *command;
    int argc, at; /* the current word is argv[at] */
    char **argv;
    void *settings;
    bool *given; /* [command->option_count] */
    const char **positional;
};

struct parameter option_parameter(const struct option *option) {
    if (option->section == NULL) {
        return option->parameter;
    }
    struct parameter parameter = *component_parameter(option->section, option->parameter.name);
    parameter.offset = option->parameter.offset;
    if (option->parameter.fallback != NULL) {
        parameter.fallback = option->parameter.fallback;
    }
    return parameter;
}

static enum status options_refuse_word(const struct command *command, const char *word,
                                       struct error *error) {
    const char *names[NAMES_MAX];
    size_t count = 0;
    names[count++] = "help";
    for (size_t i = 0; i < command->option_count; i++) {
        const struct option *option = &command->options[i];
        if (word[1] == option->retired && word[1] != '-') {
            return error_set(error, STATUS_BAD_INPUT,
                             "-%c is no longer an option of '%s'; use --%s", word[1], command->name,
                             option->parameter.name);
        }
        if (count < NAMES_MAX) {
            names[count++] = option->parameter.name;
        }
    }
    char meant[TEXT_SUGGESTION_BYTES];
    return error_set(error, STATUS_BAD_INPUT, "unknown option '%s'; %ssee 'modsweep %s --help'",
                     word,
                     text_suggestion("did you mean '--", word + strspn(word, "-"), names, count,
                                     "'? If not, ", meant),
                     command->name);
}

static bool options_match(const struct option *option, const char *word) {
    if (word[1] != '-') {
        return option->letter == word[1];
    }
    size_t length = strcspn(word + 2, "=");
    return strlen(option->parameter.name) == length &&
           strncmp(option->parameter.name, word + 2, length) == 0;
}

/* The number of the option that a word such as "--set", "--set=a" or "-o" names, or the count. */
static size_t options_find(const struct command *command, const char *word) {
    size_t i = 0;
    while (i < command->option_count && !options_match(&command->options[i], word)) {
        i++;
    }
    return i;
}

/* The value after '=', glued to the letter, or in the next word; NULL for a flag. */
static enum status options_take_value(struct options_line *line, const struct option *option,
                                      const char **value, struct error *error) {
    const char *word = line->argv[line->at];
    const char *name = option->parameter.name;
    const char *equals = strchr(word, '=');
    *value = word[1] != '-'   ? word[2] == '\0' ? NULL : word + 2
             : equals != NULL ? equals + 1
                              : NULL;
    if (option->argument == NULL) {
        return *value == NULL
                   ? STATUS_OK
                   : error_set(error, STATUS_BAD_INPUT, "option '--%s' takes no value", name);
    }
    if (*value != NULL) {
        return STATUS_OK;
    }
    if (line->at + 1 == line->argc) {
        return error_set(error, STATUS_BAD_INPUT, "option '--%s' needs a value: --%s %s", name,
                         name, option->argument);
    }
    *value = line->argv[++line->at];
    return STATUS_OK;
}

static enum status options_take(struct options_line *line, struct arena *arena,
                                struct error *error) {
    const struct command *command = line->command;
    const size_t i = options_find(command, line->argv[line->at]);
    if (i == command->option_count) {
        return options_refuse_word(command, line->argv[line->at], error);
    }
    const struct parameter parameter = option_parameter(&command->options[i]);
    const char *value;
    const char *label;
    TRY(options_take_value(line, &command->options[i], &value, error));
    TRY(arena_printf(arena, &label, error, "--%s", parameter.name));
    line->given[i] = true;
    if (value != NULL && value[0] == '\0' &&
        (parameter.type == PARAMETER_INTEGERS || parameter.type == PARAMETER_REALS)) {
        return error_set(error, STATUS_BAD_INPUT, "%s: expected numbers, got none", label);
    }
    return word_read(&parameter, label, value, arena, line->settings, error);
}

static enum status options_fill_defaults(const struct options_line *line, struct arena *arena,
                                         struct error *error) {
    for (size_t i = 0; i < line->command->option_count; i++) {
        const struct parameter parameter = option_parameter(&line->command->options[i]);
        if (!line->given[i]) {
            TRY(word_defaults(&parameter, 1, arena, line->settings, error));
        }
    }
    return STATUS_OK;
}

static enum status options_check_positional(const struct command *command,
                                            const struct arguments *arguments,
                                            struct error *error) {
    if (arguments->positional_count < command->positional_minimum) {
        return error_set(error, STATUS_BAD_INPUT, "usage: modsweep %s %s [options]; see --help",
                         command->name, command->synopsis);
    }
    if (arguments->positional_count > command->positional_maximum) {
        return error_set(
            error, STATUS_BAD_INPUT, "unexpected argument '%s'; usage: modsweep %s %s [options]",
            arguments->positional[command->positional_maximum], command->name, command->synopsis);
    }
    return STATUS_OK;
}

enum status options_parse(const struct command *command, int argc, char **argv, struct arena *arena,
                          struct arguments *arguments, struct error *error) {
    struct options_line line = {.command = command, .argc = argc, .argv = argv};
    bool options_end = false;
    *arguments = (struct arguments){0};
    TRY(arena_new(arena, 1, command->settings_size, &line.settings, error));
    TRY(ARENA_NEW(arena, line.given, command->option_count, error));
    TRY(ARENA_NEW(arena, line.positional, argc, error));
    for (; line.at < argc; line.at++) {
        const char *word = argv[line.at];
        if (!options_end && strcmp(word, "--") == 0) {
            options_end = true;
        } else if (!options_end && (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0)) {
            arguments->help = true;
            return STATUS_OK;
        } else if (!options_end && word[0] == '-' && word[1] != '\0') {
            TRY(options_take(&line, arena, error));
        } else {
            line.positional[arguments->positional_count++] = word;
        }
    }
    TRY(options_fill_defaults(&line, arena, error));
    arguments->settings = line.settings;
    arguments->positional = line.positional;
    return options_check_positional(command, arguments, error);
}
