/**
 * @file
 * A plot in words and numbers.
 */
#pragma once

#include "plot/plot.h"

#include <stdio.h>

/** Prints how many jobs are in the means, and a line for all else that is not drawn. */
enum status plot_print_account(const struct plot *plot, FILE *stream, struct error *error) CHECKED;

/** Prints a line of comma-separated values per point, in the order of drawing. */
enum status plot_print_csv(const struct plot *plot, struct error *error) CHECKED;
