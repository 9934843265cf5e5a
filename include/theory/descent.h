/**
 * @file
 * Local minima of a form over directions, for fans that are out of reach: an active-set method. The
 * vertices that are lowest together are held together while the direction moves to the minimum of
 * the form on their face; a vertex that comes in the way joins them, one that holds the direction
 * back is let go.
 */
#pragma once

#include "theory/quotient.h"

/**
 * Goes down from unit[width], in plain coordinates, which it replaces by what it found; returns the
 * form's value there, never above that at the start. Scratch memory belongs to the arena.
 */
enum status descent_run(const struct standard_quotient *standard, struct arena *arena, double *unit,
                        double *value, struct error *error) CHECKED;
