/*
 * Modularity of what each latent makes of all sources at once: of the squares of its coefficients
 * when it is regressed on them, each times the source's standard deviation. Other than correlations
 * with single sources these do not mix where the sources are correlated: latents that are the
 * sources themselves score 1. A sample of weight 2w scores as two samples of weight w.
 */
#include "score/columns.h"
#include "score/reduction.h"
#include "score/score.h"

static enum status regression_modularity_compute(const struct score_input *input,
                                                 struct arena *arena, double *values,
                                                 struct error *error) {
    struct columns sources;
    struct columns latents;
    double *coefficients;
    TRY(columns_of_sources(input, arena, &sources, error));
    TRY(columns_of_latents(input, arena, &latents, error));
    TRY(ARENA_NEW(arena, coefficients, input->latents * input->sources, error));
    TRY(columns_regress(&sources, &latents, arena, coefficients, error));
    for (size_t i = 0; i < input->sources; i++) {
        for (size_t j = 0; j < input->latents; j++) {
            double share = coefficients[j * input->sources + i] * sources.norms[i];
            values[i * input->latents + j] = share * share;
        }
    }
    return STATUS_OK;
}

static const struct score_matrix regression = {
    .name = "regression",
    .help = "squared coefficient of the latent on all sources at once, times the variance",
    .compute = regression_modularity_compute,
};

const struct score regression_modularity_score = {
    .component = {.name = "regression_modularity",
                  .help = "modularity: each latent follows one source only (regression)"},
    .needs_latents = true,
    .compares_sources = true,
    .matrix = &regression,
    .compute = score_modularity,
};
