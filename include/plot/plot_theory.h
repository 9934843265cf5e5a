/**
 * @file
 * Scores against what the theory predicts for the data of each job.
 */
#pragma once

#include "plot/plot.h"

/**
 * Chooses the prediction along x (default: the first that the sweep has) and the score to compare
 * with it: the same quantity after training if the sweep has it, else its first score that is no
 * prediction, else the loss; NULL if the request names scores. STATUS_BAD_INPUT if the sweep has no
 * prediction, or x is none.
 */
enum status plot_theory_choose(const struct results_reader *reader,
                               const struct plot_request *request, const char **x,
                               const char **score, struct error *error) CHECKED;

/** Fills the plot's relations from its points. */
enum status plot_theory_relate(struct plot *plot, struct error *error) CHECKED;

/** "Spearman ρ = 0.93, n = 100", and for the same quantity the distance; owned by the arena. */
enum status plot_theory_text(const struct plot_relation *relation, const char *unit,
                             struct arena *arena, const char **text, struct error *error) CHECKED;
