/**
 * @file
 * Colours and marks of a plot's lines, which readers who do not see all colours can tell apart.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/** Writes gnuplot's line styles 1 … count; ordered: colours that go from dark to light; faint: so
 * that points show through others. */
void plot_colours_write(FILE *script, size_t count, bool ordered, bool faint);

/** Writes a palette of even perception from dark to light; whole: up to a yellow that is lost on
 * white paper. */
void plot_colours_write_palette(FILE *script, bool whole);
