#include "command/options.h"

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
