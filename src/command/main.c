#include "base/launch.h"
#include "base/version.h"
#include "command/help.h"
#include "command/options.h"
#include "kernel/kernel.h"

#include <stdio.h>
#include <string.h>

static enum status main_run_command(int argc, char **argv, struct error *error) {
    SCOPED(arena_free) struct arena arena = {0};
    const struct command *command;
    struct arguments arguments;
    TRY(command_find(argv[1], &command, error));
    TRY(options_parse(command, argc - 2, argv + 2, &arena, &arguments, error));
    if (arguments.help) {
        help_print_command(command);
        return STATUS_OK;
    }
    return command->run(&arguments, &arena, error);
}

static enum status main_run(int argc, char **argv, struct error *error) {
    if (argc < 2) {
        help_print_program();
        return STATUS_BAD_INPUT;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        help_print_program();
        return STATUS_OK;
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("modsweep %s (%s)\n", version_number(), version_commit());
        return STATUS_OK;
    }
    return main_run_command(argc, argv, error);
}

/* All ranks end with the same status. A launcher kills the others as soon as one fails, so only the
 * first one exits with a failure, after it has printed why; the others exit with 0. */
static bool main_leaves_report_to_first(enum status status) {
    return !launch_is_first() && error_exit_code(status) != (int)STATUS_SYSTEM;
}

int main(int argc, char **argv) {
    struct error error = {0};
    kernel_prepare();
    enum status status = main_run(argc, argv, &error);
    if (fflush(stdout) != 0 && status == STATUS_OK) {
        status = error_set(&error, STATUS_STORAGE, "cannot write to standard output");
    }
    if (main_leaves_report_to_first(status)) {
        return (int)STATUS_OK;
    }
    if (status != STATUS_OK && error.message[0] != '\0') {
        (void)fprintf(stderr, "modsweep: %s\n", error.message);
    }
    return error_exit_code(status);
}
