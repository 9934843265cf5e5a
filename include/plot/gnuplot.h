/**
 * @file
 * Pictures drawn by the program gnuplot.
 */
#pragma once

#include "base/error.h"

#include <stdio.h>

/** Writes the commands that draw `data`. Terminal and output are set before. */
typedef enum status gnuplot_writer(FILE *script, const void *data, struct error *error);

/** STATUS_BAD_INPUT unless the name ends in .svg or .png. */
enum status gnuplot_check(const char *path, struct error *error) CHECKED;

/** Writes a text in single quotes of gnuplot, with blanks for control characters. */
void gnuplot_text(FILE *script, const char *text);

/**
 * Draws the picture `path`; its size is in pixels of an SVG, a PNG has twice as many. Do not call
 * it after MPI_Init. STATUS_BAD_INPUT as gnuplot_check; STATUS_SYSTEM if gnuplot cannot be run,
 * STATUS_STORAGE with its message if it fails.
 */
enum status gnuplot_draw(const char *path, int width, int height, gnuplot_writer *writer,
                         const void *data, struct error *error) CHECKED;
