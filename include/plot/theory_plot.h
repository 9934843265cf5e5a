/**
 * @file
 * A picture of the theory's answer for two sources.
 */
#pragma once

#include "show/theory.h"

/** STATUS_BAD_INPUT unless there are two sources and `path` ends in .svg or .png. */
enum status theory_plot_check(size_t sources, const char *path, struct error *error) CHECKED;

/**
 * Draws the points of two sources, their hull, the ellipse yᵀS⁻¹y = 1 that the hull of modular data
 * contains (theorem 2.2), the direction of the margin and the optimal neurons at the first λ, into
 * `path`. Call theory_plot_check before.
 */
enum status theory_plot(const struct theory_report *report, const char *path,
                        struct error *error) CHECKED;
