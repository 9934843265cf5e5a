/*
 * Linear modularity and compactness: information is the squared correlation r²_ij of source i and
 * latent j; the conditional form divides it by the share of source i that the other sources leave
 * unexplained, clipped to [0, 1] (arXiv 2410.06232). Every mean is weighted, hence a sample of
 * weight 2w scores as two samples of weight w.
 */
#include "score/columns.h"
#include "score/reduction.h"
#include "score/score.h"

#include <math.h>

static enum status linear_squared_correlations(const struct score_input *input,
                                               const struct columns *sources, struct arena *arena,
                                               double *values, struct error *error) {
    struct columns latents;
    TRY(columns_of_latents(input, arena, &latents, error));
    for (size_t i = 0; i < input->sources; i++) {
        for (size_t j = 0; j < input->latents; j++) {
            values[i * input->latents + j] = columns_correlation2(sources, i, &latents, j);
        }
    }
    return STATUS_OK;
}

static enum status linear_compute_nmi(const struct score_input *input, struct arena *arena,
                                      double *values, struct error *error) {
    struct columns sources;
    TRY(columns_of_sources(input, arena, &sources, error));
    return linear_squared_correlations(input, &sources, arena, values, error);
}

static enum status linear_compute_ncmi(const struct score_input *input, struct arena *arena,
                                       double *values, struct error *error) {
    struct columns sources;
    TRY(columns_of_sources(input, arena, &sources, error));
    TRY(linear_squared_correlations(input, &sources, arena, values, error));
    double *unexplained;
    TRY(ARENA_NEW(arena, unexplained, input->sources, error));
    TRY(columns_unexplained(&sources, arena, unexplained, error));
    for (size_t i = 0; i < input->sources; i++) {
        for (size_t j = 0; j < input->latents; j++) {
            double *value = &values[i * input->latents + j];
            *value = unexplained[i] > 0 ? fmin(*value / unexplained[i], 1) : NAN;
        }
    }
    return STATUS_OK;
}

static const struct score_matrix linear_nmi = {
    .name = "linear_nmi",
    .help = "squared correlation of source and latent",
    .compute = linear_compute_nmi,
};

static const struct score_matrix linear_ncmi = {
    .name = "linear_ncmi",
    .help = "squared correlation over the share of the source that other sources leave unexplained",
    .compute = linear_compute_ncmi,
};

const struct score linear_infom_score = {
    .component = {.name = "linear_infom",
                  .help = "modularity: each latent encodes one source only (linear)"},
    .needs_latents = true,
    .compares_sources = true,
    .matrix = &linear_nmi,
    .compute = score_modularity,
};

const struct score linear_infoc_score = {
    .component = {.name = "linear_infoc",
                  .help = "compactness: each source is encoded by one latent only (linear)"},
    .needs_latents = true,
    .matrix = &linear_nmi,
    .compute = score_compactness,
};

const struct score linear_cinfom_score = {
    .component = {.name = "linear_cinfom",
                  .help = "modularity, corrected for correlated sources (linear)"},
    .needs_latents = true,
    .compares_sources = true,
    .matrix = &linear_ncmi,
    .compute = score_modularity,
};

const struct score linear_cinfoc_score = {
    .component = {.name = "linear_cinfoc",
                  .help = "compactness, corrected for correlated sources (linear)"},
    .needs_latents = true,
    .matrix = &linear_ncmi,
    .compute = score_compactness,
};
