#include "base/launch.h"
#include "base/text.h"
#include "base/version.h"
#include "command/options.h"

#include <stdio.h>
#include <string.h>

enum { COMMANDS_MAX = 32 };

static const struct command *main_find_command(const char *name) {
    for (const struct command *const *command = commands; *command != NULL; command++) {
        if (strcmp((*command)->name, name) == 0) {
            return *command;
        }
    }
    return NULL;
}

static enum status main_unknown_command(const char *name, struct error *error) {
    const char *names[COMMANDS_MAX];
    size_t count = 0;
    while (commands[count] != NULL && count < COMMANDS_MAX) {
        names[count] = commands[count]->name;
        count++;
    }
    char meant[TEXT_SUGGESTION_BYTES];
    return error_set(error, STATUS_BAD_INPUT, "unknown command '%s'; %ssee 'modsweep --help'", name,
                     text_suggestion("did you mean '", name, names, count, "'? If not, ", meant));
}

static enum status main_run_command(const struct command *command, int argc, char **argv,
                                    struct error *error) {
    struct arguments arguments;
    enum status status = arguments_parse(command, argc, argv, &arguments, error);
    if (status == STATUS_OK && arguments.help) {
        command_help(command);
    } else if (status == STATUS_OK) {
        status = command->run(&arguments, error);
    }
    arguments_free(&arguments);
    return status;
}

int main(int argc, char **argv) {
    struct error error = {0};
    enum status status = STATUS_OK;
    if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        command_help(NULL);
        status = argc < 2 ? STATUS_BAD_INPUT : STATUS_OK;
    } else if (strcmp(argv[1], "--version") == 0) {
        printf("modsweep %s (%s)\n", version_number(), version_commit());
    } else {
        const struct command *command = main_find_command(argv[1]);
        status = command == NULL ? main_unknown_command(argv[1], &error)
                                 : main_run_command(command, argc - 2, argv + 2, &error);
    }
    if (fflush(stdout) != 0 && status == STATUS_OK) {
        status = error_set(&error, STATUS_STORAGE, "cannot write to standard output");
    }
    /* Ranks share their verdict, and a launcher ends all of them as soon as one has failed: only
     * the one that speaks does, and only once it has spoken. */
    if (!launch_is_first() && error_exit_code(status) != (int)STATUS_SYSTEM) {
        return (int)STATUS_OK;
    }
    if (status != STATUS_OK && error.message[0] != '\0') {
        (void)fprintf(stderr, "modsweep: %s\n", error.message);
    }
    return error_exit_code(status);
}
