#include "command/options.h"

#include "base/text.h"
#include "document/wrap.h"

#include <float.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum status options_unknown_option(const struct command *command, const char *word,
                                          struct error *error) {
    const char *names[64];
    size_t count = 0;
    names[count++] = "help";
    for (size_t i = 0; i < command->option_count && count < 64; i++) {
        names[count++] = command->options[i].name;
    }
    char meant[TEXT_SUGGESTION_BYTES];
    return error_set(error, STATUS_BAD_INPUT, "unknown option '%s'; %ssee 'modsweep %s --help'",
                     word,
                     text_suggestion("did you mean '--", word + strspn(word, "-"), names, count,
                                     "'? If not, ", meant),
                     command->name);
}

/* The option that a word such as "--set", "--set=a" or "-o" names. */
static const struct option_spec *options_find_option(const struct command *command,
                                                     const char *word) {
    bool is_long = word[1] == '-';
    size_t length = is_long ? strcspn(word + 2, "=") : 1;
    for (size_t i = 0; i < command->option_count; i++) {
        const struct option_spec *spec = &command->options[i];
        bool same = is_long ? strlen(spec->name) == length && !strncmp(spec->name, word + 2, length)
                            : spec->letter != 0 && spec->letter == word[1];
        if (same) {
            return spec;
        }
    }
    return NULL;
}

/* Takes the option at argv[*at]; its value is after '=', glued to the letter, or the next word. */
static enum status options_take_option(const struct command *command, int argc, char **argv,
                                       int *at, struct arguments *arguments, struct error *error) {
    const char *word = argv[*at];
    const struct option_spec *spec = options_find_option(command, word);
    if (spec == NULL) {
        return options_unknown_option(command, word, error);
    }
    const char *glued = word[1] == '-' ? strchr(word, '=') : word + 2;
    bool has_value = word[1] == '-' ? glued != NULL : *glued != '\0';
    const char *value = NULL;
    if (has_value && spec->argument == NULL) {
        return error_set(error, STATUS_BAD_INPUT, "option '--%s' takes no value", spec->name);
    }
    if (has_value) {
        value = word[1] == '-' ? glued + 1 : glued;
    } else if (spec->argument != NULL) {
        if (*at + 1 >= argc) {
            return error_set(error, STATUS_BAD_INPUT, "option '--%s' needs a value: --%s %s",
                             spec->name, spec->name, spec->argument);
        }
        value = argv[++*at];
    }
    arguments->given[arguments->given_count++] = (struct given_option){spec, value};
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

enum status arguments_parse(const struct command *command, int argc, char **argv,
                            struct arguments *arguments, struct error *error) {
    *arguments = (struct arguments){.specs = command->options, .spec_count = command->option_count};
    size_t room = (size_t)argc + 1;
    arguments->given = calloc(room, sizeof *arguments->given);
    arguments->positional = calloc(room, sizeof *arguments->positional);
    if (arguments->given == NULL || arguments->positional == NULL) {
        return error_set(error, STATUS_NO_MEMORY, "out of memory for %d arguments", argc);
    }
    bool options_end = false;
    for (int i = 0; i < argc; i++) {
        const char *word = argv[i];
        if (!options_end && strcmp(word, "--") == 0) {
            options_end = true;
        } else if (!options_end && (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0)) {
            arguments->help = true;
            return STATUS_OK;
        } else if (!options_end && word[0] == '-' && word[1] != '\0') {
            TRY(options_take_option(command, argc, argv, &i, arguments, error));
        } else {
            arguments->positional[arguments->positional_count++] = word;
        }
    }
    return options_check_positional(command, arguments, error);
}

void arguments_free(struct arguments *arguments) {
    free(arguments->given);
    free(arguments->positional);
    *arguments = (struct arguments){0};
}

bool argument_given(const struct arguments *arguments, const char *name) {
    for (size_t i = 0; i < arguments->given_count; i++) {
        if (strcmp(arguments->given[i].spec->name, name) == 0) {
            return true;
        }
    }
    return false;
}

const char *argument_value(const struct arguments *arguments, const char *name,
                           const char *fallback) {
    for (size_t i = arguments->given_count; i-- > 0;) {
        if (strcmp(arguments->given[i].spec->name, name) == 0) {
            return arguments->given[i].value;
        }
    }
    return fallback;
}

size_t argument_values(const struct arguments *arguments, const char *name, const char **values) {
    size_t count = 0;
    for (size_t i = 0; i < arguments->given_count; i++) {
        if (strcmp(arguments->given[i].spec->name, name) == 0) {
            values[count++] = arguments->given[i].value;
        }
    }
    return count;
}

enum status argument_count(const struct arguments *arguments, const char *name, int64_t fallback,
                           int64_t *count, struct error *error) {
    const char *text = argument_value(arguments, name, NULL);
    if (text == NULL) {
        *count = fallback;
        return STATUS_OK;
    }
    return text_integer(text, 1, INT_MAX, count)
               ? STATUS_OK
               : error_set(error, STATUS_BAD_INPUT, "--%s is a whole number from 1 on, not '%s'",
                           name, text);
}

enum status argument_seconds(const struct arguments *arguments, const char *name, double *seconds,
                             struct error *error) {
    const char *text = argument_value(arguments, name, NULL);
    return text == NULL || text_real(text, 0.0, DBL_MAX, seconds)
               ? STATUS_OK
               : error_set(error, STATUS_BAD_INPUT, "--%s: expected seconds, 0 or more, got '%s'",
                           name, text);
}

enum status argument_list(const struct arguments *arguments, const char *name, struct arena *arena,
                          const char *const **words, size_t *count, struct error *error) {
    const char *list = argument_value(arguments, name, NULL);
    *words = NULL;
    *count = 0;
    if (list == NULL) {
        return STATUS_OK;
    }
    const char **found;
    char *rest = arena_string(arena, list, error);
    if (rest == NULL) {
        return error_status(error);
    }
    TRY(ARENA_NEW(arena, found, strlen(list) + 1, error));
    while (rest != NULL) {
        found[(*count)++] = strsep(&rest, ",");
    }
    *words = found;
    return STATUS_OK;
}

enum status argument_names(const struct arguments *arguments, const char *name, struct arena *arena,
                           const char *const **names, size_t *count, bool *none,
                           struct error *error) {
    const char *list = argument_value(arguments, name, NULL);
    const char *const *words;
    size_t word_count;
    const char **found;
    *none = list != NULL && list[0] == '\0';
    *count = 0;
    TRY(argument_list(arguments, name, arena, &words, &word_count, error));
    TRY(ARENA_NEW(arena, found, word_count + 1, error));
    for (size_t k = 0; k < word_count && !*none; k++) {
        size_t i = 0;
        while (i < *count && strcmp(found[i], words[k]) != 0) {
            i++;
        }
        found[i] = words[k];
        *count += i == *count;
    }
    *names = found;
    return STATUS_OK;
}

static void options_print_option(const struct option_spec *spec) {
    enum { COLUMN = 22, MARGIN = 2 };
    char left[64];
    char letter[8] = "    ";
    if (spec->letter != 0) {
        (void)snprintf(letter, sizeof letter, "-%c, ", spec->letter);
    }
    (void)snprintf(left, sizeof left, "%s--%s%s%s", letter, spec->name,
                   spec->argument == NULL ? "" : " ", spec->argument == NULL ? "" : spec->argument);
    printf("%*s%-*s%*s", MARGIN, "", COLUMN, left, MARGIN, "");
    wrap_print(stdout, MARGIN + COLUMN + MARGIN, MARGIN + COLUMN + MARGIN, spec->help);
}

static void options_program_help(void) {
    enum { COLUMN = 10 };
    puts("modsweep: trains grids of small networks and scores how modular each became\n\n"
         "usage: modsweep COMMAND [arguments]\n\ncommands:");
    for (const struct command *const *command = commands; *command != NULL; command++) {
        printf("  %-*s  %s\n", COLUMN, (*command)->name, (*command)->help);
    }
    puts("\n'modsweep COMMAND --help' tells more, 'modsweep --version' which this is.\n\n"
         "exit status: 0 all done; 1 some jobs failed; 2 bad input; 3 storage;\n"
         "             71 no memory or no MPI; 75 stopped early, the same command resumes");
}

void command_help(const struct command *command) {
    if (command == NULL) {
        options_program_help();
        return;
    }
    printf("usage: modsweep %s%s%s [options]\n\n%s\n\noptions:\n", command->name,
           command->synopsis[0] == '\0' ? "" : " ", command->synopsis, command->help);
    for (size_t i = 0; i < command->option_count; i++) {
        options_print_option(&command->options[i]);
    }
    options_print_option(&(struct option_spec){"help", 'h', NULL, "show this help"});
    if (command->details[0] != '\0') {
        printf("\n%s", command->details);
    }
}
