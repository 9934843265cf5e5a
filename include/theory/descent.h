/**
 * @file
 * Local minima of a quotient over directions, for incomplete fans: an active-set method. The
 * vertices that are lowest together stay so while the direction moves to the minimum on their face.
 * A vertex that blocks the move joins them; one with a negative multiplier is released.
 */
#pragma once

#include "theory/quotient.h"

/**
 * Descends from unit[width], in standard coordinates, which it replaces by the local minimum;
 * *value is the quotient there, never above that at the start. Scratch memory belongs to the arena.
 */
enum status descent_run(const struct standard_quotient *standard, struct arena *arena, double *unit,
                        double *value, struct error *error) CHECKED;
