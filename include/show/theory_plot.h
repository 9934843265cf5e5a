/**
 * @file
 * A picture of what the theory says of two sources.
 */
#pragma once

#include "show/theory.h"

/**
 * Draws the points of two sources, their hull, the ellipse yᵀS⁻¹y = 1 that the hull of modular data
 * contains (theorem 2.2), the direction of the margin and the optimal neurons at the first λ, into
 * `path` (.svg or .png). STATUS_BAD_INPUT with other numbers of sources or another ending.
 */
enum status theory_plot(const struct theory_report *report, const char *path,
                        struct error *error) CHECKED;
