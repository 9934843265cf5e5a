/**
 * @file
 * Plots of scores against what the theory predicts of the jobs' data.
 */
#pragma once

#include "plot/plot.h"

/**
 * The prediction along x (default: the first that the sweep has) and, where the request names no
 * scores, the score to set against it: the same quantity as trained if the sweep has it, else its
 * first that is no prediction, else the loss; NULL where the request names some. STATUS_BAD_INPUT
 * where there is no prediction, or x is none.
 */
enum status plot_theory_choose(const struct results_reader *reader,
                               const struct plot_request *request, const char **x,
                               const char **score, struct error *error) CHECKED;

/** Fills the plot's relations from its points. */
enum status plot_theory_relate(struct plot *plot, struct error *error) CHECKED;

/** "Spearman ρ = 0.93, n = 100", and of the same quantity how far apart they are; owned by the
 * arena. */
enum status plot_theory_text(const struct plot_relation *relation, const char *unit,
                             struct arena *arena, const char **text, struct error *error) CHECKED;
