#include "command/options.h"

extern const struct command list_command;
extern const struct command plan_command;
extern const struct command run_command;
extern const struct command score_command;
extern const struct command status_command;
extern const struct command table_command;

const struct command *const commands[] = {
    &run_command,  &plan_command, &status_command, &table_command, &score_command,
    &list_command, NULL,
};
