/**
 * @file
 * Reduces a [source][latent] matrix of information to one number: how far each latent (or source)
 * has a single partner (Hsu et al. 2023, arXiv 2305.18378, extended to conditional
 * information by Dorrell, Hsu et al. 2025, arXiv 2410.06232).
 */
#pragma once

#include "base/arena.h"
#include "score/score.h"

#include <stdbool.h>
#include <stddef.h>

/**
 * A latent is active when its range over the samples exceeds a tenth of the largest range. Fills
 * active[latents], returns how many; 0 when all latents are constant. Weights play no part.
 */
size_t score_active(const struct score_input *input, bool *active);

/**
 * (mean_j max_i m_ij / Σ_i m_ij − 1/S) / (1 − 1/S) over active latents j: 1 when every latent
 * belongs to one source. NaN with a single source, without active latents, with an active latent
 * without information (Σ_i = 0), or where the matrix is NaN in the column of an active latent.
 */
enum status score_modularity(const struct score_input *input, const double *matrix,
                             struct arena *arena, double *value, struct error *error) CHECKED;

/** As score_modularity with sources and active latents exchanged; NaN with one active latent. */
enum status score_compactness(const struct score_input *input, const double *matrix,
                              struct arena *arena, double *value, struct error *error) CHECKED;
