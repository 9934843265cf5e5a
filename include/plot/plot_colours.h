/**
 * @file
 * Colours and marks of a plot's lines, which colour-blind readers can tell apart.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/** Writes gnuplot's line styles 1 … count. `ordered` colours go from dark to light; points in
 * `faint` ones show through each other. */
void plot_colours_write(FILE *script, size_t count, bool ordered, bool faint);

/** Writes a perceptually uniform palette from dark to light; `whole`: with its light end, a yellow
 * that is hard to see on white. */
void plot_colours_write_palette(FILE *script, bool whole);
