/**
 * @file
 * The texts of --help.
 */
#pragma once

#include "command/command.h"

/** Prints the help of the program to standard output: its commands and exit statuses. */
void help_print_program(void);

/** Prints the help of a command to standard output: each option with type, range and default. */
void help_print_command(const struct command *command);
