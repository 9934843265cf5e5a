/*
 * How much units mix two labels, "what" and "where" (the Mixed-Selectivity Index of arXiv
 * 2410.06232, figure 2): unit j is tuned to where by v_j = mean over the values of what of the
 * variance of z_j among samples of that value, and to what by u_j, the same with both exchanged;
 *
 *     index = Σ_j min(u_j, v_j) / Σ_j (u_j + v_j).
 *
 * It is 0 where no unit is tuned to both, and 1/2 where all are to both alike. Variances are
 * weighted: a sample of weight 2w scores as two samples of weight w. Values count alike, however
 * many samples they have.
 */
#include "score/columns.h"
#include "score/labels.h"

#include <math.h>
#include <string.h>

/* Mean over labels of the variance of each latent within the label, into tuning[latents]. */
static enum status variance_index_find_tuning(const struct score_input *input,
                                              const struct columns *latents,
                                              const struct labels *labels, struct arena *arena,
                                              double *tuning, struct error *error) {
    double *means;
    double *squares;
    TRY(ARENA_NEW(arena, means, labels->count, error));
    TRY(ARENA_NEW(arena, squares, labels->count, error));
    for (size_t j = 0; j < latents->count; j++) {
        const double *column = columns_at(latents, j);
        memset(means, 0, labels->count * sizeof *means);
        memset(squares, 0, labels->count * sizeof *squares);
        for (size_t n = 0; n < latents->samples; n++) {
            means[labels->codes[n]] += sqrt(input->weights[n]) * column[n];
        }
        for (size_t n = 0; n < latents->samples; n++) {
            uint32_t label = labels->codes[n];
            double mean = means[label] / labels->mass[label];
            double rest = column[n] - sqrt(input->weights[n]) * mean;
            squares[label] += rest * rest;
        }
        for (size_t l = 0; l < labels->count; l++) {
            tuning[j] += squares[l] / labels->mass[l] / (double)labels->count;
        }
    }
    return STATUS_OK;
}

static enum status variance_index_compute(const struct score_input *input, const double *matrix,
                                          struct arena *arena, double *value, struct error *error) {
    (void)matrix;
    enum { WHAT_AND_WHERE = 2 };
    double *tuning[WHAT_AND_WHERE];
    if (input->sources != WHAT_AND_WHERE) {
        *value = NAN;
        return STATUS_OK;
    }
    struct columns latents;
    TRY(columns_of_latents(input, arena, &latents, error));
    for (size_t i = 0; i < WHAT_AND_WHERE; i++) {
        struct labels labels;
        TRY(ARENA_NEW(arena, tuning[i], input->latents, error));
        TRY(labels_without(input, i, arena, &labels, error));
        TRY(variance_index_find_tuning(input, &latents, &labels, arena, tuning[i], error));
    }
    double mixed = 0.0;
    double total = 0.0;
    for (size_t j = 0; j < input->latents; j++) {
        mixed += fmin(tuning[0][j], tuning[1][j]);
        total += tuning[0][j] + tuning[1][j];
    }
    *value = total > 0.0 ? mixed / total : NAN;
    return STATUS_OK;
}

const struct score variance_index_score = {
    .component = {.name = "variance_index",
                  .help = "mixed selectivity for what and where: 0 none, 1/2 all units"},
    .needs_latents = true,
    .needs_labels = true,
    .needs_sources = 2,
    .compute = variance_index_compute,
};
