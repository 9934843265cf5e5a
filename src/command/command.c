#include "command/command.h"

#include "base/text.h"

#include <string.h>

enum { COMMANDS_MAX = 32 };

/* One line per command, in the order of `modsweep --help`; each is defined in a file of this
 * folder. */
#define EVERY_COMMAND(DO)                                                                          \
    DO(run)                                                                                        \
    DO(plan)                                                                                       \
    DO(status)                                                                                     \
    DO(merge)                                                                                      \
    DO(table)                                                                                      \
    DO(plot)                                                                                       \
    DO(report)                                                                                     \
    DO(theory)                                                                                     \
    DO(score)                                                                                      \
    DO(list)                                                                                       \
    DO(submit)

#define DECLARE(name) extern const struct command name##_command;
#define ENTRY(name) &name##_command,

EVERY_COMMAND(DECLARE)

const struct command *const commands[] = {EVERY_COMMAND(ENTRY) NULL};

enum status command_find(const char *name, const struct command **command, struct error *error) {
    const char *names[COMMANDS_MAX];
    size_t count = 0;
    for (; commands[count] != NULL && count < COMMANDS_MAX; count++) {
        names[count] = commands[count]->name;
        if (strcmp(names[count], name) == 0) {
            *command = commands[count];
            return STATUS_OK;
        }
    }
    char meant[TEXT_SUGGESTION_BYTES];
    return error_set(error, STATUS_BAD_INPUT, "unknown command '%s'; %ssee 'modsweep --help'", name,
                     text_suggestion("did you mean '", name, names, count, "'? If not, ", meant));
}
