/*
 * Explicitness: how well all latents together predict each source (Hsu et al. 2023, arXiv
 * 2305.18378). A multinomial logistic regression of the source's label on the latents, in which
 * every label has the same weight in the fit and nothing is penalised, has a mean loss L_i of −log
 * p(label) over the samples; without latents the same fit gives all K_i labels the same
 * probability, log K_i. Then
 *
 *     infoe = mean over sources of 1 − L_i / log K_i.
 *
 * Samples enter fit and loss by their weights: a sample of weight 2w scores as two of weight w. The
 * fit does not depend on the coordinates of the latents, so it uses those that converge fastest:
 * principal components, each of variance 1.
 */
#include "score/columns.h"
#include "score/labels.h"
#include "score/softmax.h"

#include <lapacke.h>
#include <limits.h>
#include <math.h>

/* Relative to the largest: smaller components are the rounding of single precision. */
static const double COMPONENT_SHARE = 1e-6;
/* Of log K: labels predicted this well can be separated without error. */
static const double SEPARATED = 1e-5;

/* Principal components of standardised latents and a column of ones. */
struct design {
    size_t features; /* 0 where the decomposition failed */
    double *values;  /* [samples][features] */
};

/* Columns of norm 1 (weighted) in place of those of `columns`, constant ones left out; how many. */
static size_t infoe_standardise(const struct columns *columns, double *standard) {
    size_t count = 0;
    for (size_t j = 0; j < columns->count; j++) {
        for (size_t n = 0; n < columns->samples && columns->norms[j] > 0.0; n++) {
            standard[count * columns->samples + n] = columns_at(columns, j)[n] / columns->norms[j];
        }
        count += columns->norms[j] > 0.0;
    }
    return count;
}

/* Orthonormal columns [count][samples] in place of any; *count becomes how many there are. *solved
 * is false when the singular values did not converge or the data are not finite. */
static enum status infoe_orthonormalise(double *columns, size_t samples, size_t *count,
                                        bool *solved, struct arena *arena, struct error *error) {
    size_t least = samples < *count ? samples : *count;
    if (samples > INT_MAX || *count > INT_MAX) {
        return error_set(error, STATUS_BAD_INPUT, "%zu samples are too many for infoe", samples);
    }
    double *singular;
    double *unused;
    double *superdiagonal;
    TRY(ARENA_NEW(arena, singular, least, error));
    TRY(ARENA_NEW(arena, unused, 1, error));
    TRY(ARENA_NEW(arena, superdiagonal, least, error));
    lapack_int info =
        LAPACKE_dgesvd(LAPACK_COL_MAJOR, 'O', 'N', (lapack_int)samples, (lapack_int)*count, columns,
                       (lapack_int)samples, singular, unused, 1, unused, 1, superdiagonal);
    if (info == LAPACK_WORK_MEMORY_ERROR) {
        return error_set(error, STATUS_NO_MEMORY, "out of memory for infoe of %zu samples",
                         samples);
    }
    *solved = info == 0;
    *count = 0;
    while (*count < least && singular[*count] > COMPONENT_SHARE * singular[0]) {
        (*count)++;
    }
    return STATUS_OK;
}

static enum status infoe_make_design(const struct score_input *input, struct arena *arena,
                                     struct design *design, struct error *error) {
    struct columns columns;
    double *components;
    size_t count;
    TRY(columns_of_latents(input, arena, &columns, error));
    TRY(ARENA_NEW(arena, components, input->samples * input->latents, error));
    count = infoe_standardise(&columns, components);
    bool solved = true;
    if (count > 0) {
        TRY(infoe_orthonormalise(components, input->samples, &count, &solved, arena, error));
    }
    design->features = solved ? count + 1 : 0;
    TRY(ARENA_NEW(arena, design->values, input->samples * design->features, error));
    for (size_t n = 0; n < input->samples; n++) {
        double *row = design->values + n * design->features;
        for (size_t j = 0; j + 1 < design->features; j++) {
            row[j] = components[j * input->samples + n] / sqrt(input->weights[n]);
        }
        if (solved) {
            row[count] = 1.0;
        }
    }
    return STATUS_OK;
}

/* 1 − L_i / log K_i; NaN for a constant source. */
static enum status infoe_explain(const struct score_input *input, const struct design *design,
                                 size_t i, struct arena *arena, double *value,
                                 struct error *error) {
    struct labels labels;
    double *balanced;
    double *coefficients;
    double loss;
    TRY(labels_none(input, arena, &labels, error));
    TRY(labels_split(input, i, arena, &labels, error));
    TRY(ARENA_NEW(arena, balanced, input->samples, error));
    for (size_t n = 0; n < input->samples; n++) {
        balanced[n] = input->weights[n] / ((double)labels.count * labels.mass[labels.codes[n]]);
    }
    if (labels.count == 1 || design->features == 0) {
        *value = NAN;
        return STATUS_OK;
    }
    struct softmax_task task = {.samples = input->samples,
                                .features = design->features,
                                .classes = labels.count,
                                .design = design->values,
                                .codes = labels.codes,
                                .weights = balanced};
    double none = log((double)labels.count);
    TRY(softmax_fit(&task, SEPARATED * none, arena, &coefficients, error));
    TRY(softmax_loss(&task, input->weights, coefficients, arena, &loss, error));
    *value = 1.0 - loss / none;
    return STATUS_OK;
}

static enum status infoe_compute(const struct score_input *input, const double *matrix,
                                 struct arena *arena, double *value, struct error *error) {
    (void)matrix;
    struct design design;
    SCOPED(arena_free) struct arena scratch = {0};
    double sum = 0.0;
    TRY(infoe_make_design(input, arena, &design, error));
    for (size_t i = 0; i < input->sources; i++) {
        double one = 0.0;
        arena_reset(&scratch);
        TRY(infoe_explain(input, &design, i, &scratch, &one, error));
        sum += one;
    }
    *value = sum / (double)input->sources;
    return STATUS_OK;
}

const struct score infoe_score = {
    .component = {.name = "infoe",
                  .help = "explicitness: how well all latents together predict each source"},
    .needs_latents = true,
    .needs_labels = true,
    .compute = infoe_compute,
};
