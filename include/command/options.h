/**
 * @file
 * Takes a command line apart into a command's settings and positional arguments.
 */
#pragma once

#include "command/command.h"

/**
 * Parses argv[0…argc), without the program's and command's names, into settings that belong to the
 * arena, and fills in defaults. The last value of an option counts, unless it is
 * PARAMETER_REPEATED. STATUS_BAD_INPUT names the wrong argument, the nearest option, what an option
 * expects, or, for a letter of earlier versions, the long name.
 */
enum status options_parse(const struct command *command, int argc, char **argv, struct arena *arena,
                          struct arguments *arguments, struct error *error) CHECKED;

/** What the option's word is read as: its own parameter, or that of the section it borrows from. */
struct parameter option_parameter(const struct option *option);
