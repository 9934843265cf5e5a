/**
 * @file
 * Pictures by gnuplot, run as a program.
 */
#pragma once

#include "base/error.h"

/** "svg" or "png" by the ending of a picture's name; STATUS_BAD_INPUT names the endings there are.
 */
enum status gnuplot_terminal(const char *path, const char **terminal, struct error *error) CHECKED;

/**
 * Runs a script, which is to write the picture `path`. Not to be called after MPI_Init.
 * STATUS_SYSTEM when gnuplot cannot be run, STATUS_STORAGE with its message when it fails.
 */
enum status gnuplot_run(const char *script, const char *path, struct error *error) CHECKED;
