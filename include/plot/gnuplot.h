/**
 * @file
 * Pictures by gnuplot, run as a program.
 */
#pragma once

#include "base/error.h"

#include <stdio.h>

/** Size of a picture: pixels of an SVG of usual size; a PNG has twice as many. */
struct gnuplot_page {
    int width, height;
};

/** Writes what draws `data`, after the terminal and the output are set. */
typedef enum status gnuplot_writer(FILE *script, const void *data, struct error *error);

/** STATUS_BAD_INPUT unless the name is that of a picture: it ends in .svg or .png. */
enum status gnuplot_check(const char *path, struct error *error) CHECKED;

/** Writes a text in gnuplot's single quotes, control characters as blanks. */
void gnuplot_text(FILE *script, const char *text);

/**
 * Draws the picture `path`. Not to be called after MPI_Init. STATUS_BAD_INPUT as gnuplot_check;
 * STATUS_SYSTEM when gnuplot cannot be run, STATUS_STORAGE with its message when it fails.
 */
enum status gnuplot_draw(const char *path, struct gnuplot_page page, gnuplot_writer *writer,
                         const void *data, struct error *error) CHECKED;
