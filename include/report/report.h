/**
 * @file
 * The content of a results file as one page of HTML that needs nothing else: no network, no
 * script, no other file.
 */
#pragma once

#include "store/reader.h"

/**
 * Writes the page under a temporary name and renames it to `path`. Figures are drawn by gnuplot;
 * one that cannot be is replaced by a sentence that says why. Not to be called after MPI_Init.
 * STATUS_STORAGE when the page cannot be written, with nothing left behind.
 */
enum status report_write(struct results_reader *reader, const char *path,
                         struct error *error) CHECKED;
