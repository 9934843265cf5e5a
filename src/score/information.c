/*
 * Modularity and compactness from mutual information in nats: sources are labels, latents numbers
 * (score/neighbours.h). NMI_ij = I(z_j; s_i) / H(s_i) and NCMI_ij = (I(z_j; s) − I(z_j; s without
 * i)) / H(s_i | the others), both clipped to [0, 1] (arXiv 2305.18378; arXiv 2410.06232).
 *
 * The estimator counts points: a sample of weight 2w is two points where the smallest weight is w.
 * It is undefined where weights are not whole multiples of the smallest. Entropies use the weights.
 */
#include "score/columns.h"
#include "score/labels.h"
#include "score/neighbours.h"
#include "score/reduction.h"

#include <math.h>

/* Relative: a weight this close to a multiple of the smallest counts as that multiple. */
static const double MULTIPLE_TOLERANCE = 1e-9;

enum { POINTS_MAX = 1 << 24 };

/* The samples as points: each as often as its weight and the duplicates say. */
struct points_on_lines {
    size_t count;
    uint32_t *owners; /* [count]; the sample of each */
    double *at;       /* [count]; scratch for one latent at a time */
    const double *digamma;
    struct columns latents; /* whose norms are their standard deviations */
    struct random_stream noise;
};

static const struct scoring_settings *information_scoring_of(const struct score_input *input) {
    return input->scoring == NULL ? &scoring_plain : input->scoring;
}

/* How many points there are, copies[n] of sample n; 0 where weights are no whole multiples of the
 * least, or where there would be too many. */
static size_t information_count_points(const struct score_input *input, size_t *copies) {
    double least = INFINITY;
    for (size_t n = 0; n < input->samples; n++) {
        least = input->weights[n] > 0.0 ? fmin(least, input->weights[n]) : least;
    }
    double total = 0.0;
    double duplicates = (double)information_scoring_of(input)->duplicates;
    for (size_t n = 0; n < input->samples; n++) {
        double multiple = input->weights[n] / least;
        double whole = round(multiple);
        total += duplicates * whole;
        if (fabs(multiple - whole) > MULTIPLE_TOLERANCE * multiple || total > POINTS_MAX) {
            return 0;
        }
        copies[n] = (size_t)(duplicates * whole);
    }
    return (size_t)total;
}

/* Sample n stands there copies[n] times, all together `count` times. */
static enum status information_make_points(const struct score_input *input, const size_t *copies,
                                           size_t count, struct arena *arena,
                                           struct points_on_lines *points, struct error *error) {
    *points = (struct points_on_lines){.count = count};
    TRY(ARENA_NEW(arena, points->owners, count, error));
    TRY(ARENA_NEW(arena, points->at, count, error));
    TRY(digamma_table(count, arena, &points->digamma, error));
    TRY(columns_of_latents(input, arena, &points->latents, error));
    points->noise = random_stream_of(input->hash, RANDOM_SCORES);
    size_t p = 0;
    for (size_t n = 0; n < input->samples; n++) {
        for (size_t copy = 0; copy < copies[n]; copy++) {
            points->owners[p++] = (uint32_t)n;
        }
    }
    return STATUS_OK;
}

/* Latent j as points on a line. To be called for j = 0, 1, …: the noise follows from the order. */
static enum status information_make_line(const struct score_input *input, size_t j,
                                         struct arena *arena, struct points_on_lines *points,
                                         struct line *line, struct error *error) {
    double spread = information_scoring_of(input)->noise * points->latents.norms[j];
    for (size_t p = 0; p < points->count; p++) {
        double noise = spread > 0.0 ? spread * random_normal(&points->noise) : 0.0;
        points->at[p] = input->latent[points->owners[p] * input->latents + j] + noise;
    }
    return line_make(points->at, points->owners, points->count, points->digamma, arena, line,
                     error);
}

/* Information of latent j and each of `count` labellings, into information[count][latents]. */
static enum status information_find_column(const struct score_input *input,
                                           const struct labels *labels, size_t count, size_t j,
                                           struct points_on_lines *points, struct arena *arena,
                                           double *information, struct error *error) {
    struct line line;
    size_t k = (size_t)information_scoring_of(input)->neighbours;
    TRY(information_make_line(input, j, arena, points, &line, error));
    for (size_t l = 0; l < count; l++) {
        TRY(line_information(&line, labels[l].codes, labels[l].count, k, arena,
                             &information[l * input->latents + j], error));
    }
    return STATUS_OK;
}

/* Information of each latent and each of `count` labellings, into information[count][latents]. */
static enum status information_find_all(const struct score_input *input,
                                        const struct labels *labels, size_t count,
                                        struct arena *arena, double *information,
                                        struct error *error) {
    struct points_on_lines points;
    SCOPED(arena_free) struct arena scratch = {0};
    size_t *copies;
    TRY(ARENA_NEW(arena, copies, input->samples, error));
    size_t total = information_count_points(input, copies);
    if (total == 0) {
        for (size_t k = 0; k < count * input->latents; k++) {
            information[k] = NAN;
        }
        return STATUS_OK;
    }
    TRY(information_make_points(input, copies, total, arena, &points, error));
    for (size_t j = 0; j < input->latents; j++) {
        arena_reset(&scratch);
        TRY(information_find_column(input, labels, count, j, &points, &scratch, information,
                                    error));
    }
    return STATUS_OK;
}

/* information / entropy within [0, 1]; NaN where either is undefined or the entropy is 0. */
static double information_share(double information, double entropy) {
    double value = information / entropy;
    return isnan(value) || entropy <= 0.0 ? NAN : fmin(fmax(value, 0.0), 1.0);
}

static enum status information_compute_nmi(const struct score_input *input, struct arena *arena,
                                           double *values, struct error *error) {
    struct labels *labels;
    TRY(ARENA_NEW(arena, labels, input->sources, error));
    for (size_t i = 0; i < input->sources; i++) {
        TRY(labels_none(input, arena, &labels[i], error));
        TRY(labels_split(input, i, arena, &labels[i], error));
    }
    TRY(information_find_all(input, labels, input->sources, arena, values, error));
    for (size_t i = 0; i < input->sources; i++) {
        double entropy = labels_entropy(&labels[i]);
        for (size_t j = 0; j < input->latents; j++) {
            double *value = &values[i * input->latents + j];
            *value = information_share(*value, entropy);
        }
    }
    return STATUS_OK;
}

/* H(s) − H(s without i): exactly 0 where the others determine source i. */
static double information_conditional_entropy(const struct labels *all,
                                              const struct labels *others) {
    return all->count == others->count ? 0.0 : labels_entropy(all) - labels_entropy(others);
}

static enum status information_compute_ncmi(const struct score_input *input, struct arena *arena,
                                            double *values, struct error *error) {
    size_t sources = input->sources;
    size_t latents = input->latents;
    struct labels *labels; /* [sources] without each, then of all */
    double *information;
    TRY(ARENA_NEW(arena, labels, sources + 1, error));
    TRY(ARENA_NEW(arena, information, (sources + 1) * latents, error));
    for (size_t i = 0; i <= sources; i++) {
        TRY(labels_without(input, i, arena, &labels[i], error));
    }
    TRY(information_find_all(input, labels, sources + 1, arena, information, error));
    for (size_t i = 0; i < sources; i++) {
        double entropy = information_conditional_entropy(&labels[sources], &labels[i]);
        for (size_t j = 0; j < latents; j++) {
            double more = information[sources * latents + j] - information[i * latents + j];
            values[i * latents + j] = information_share(more, entropy);
        }
    }
    return STATUS_OK;
}

static const struct score_matrix nmi = {
    .name = "nmi",
    .help = "information of source and latent over the entropy of the source",
    .compute = information_compute_nmi,
};

static const struct score_matrix ncmi = {
    .name = "ncmi",
    .help = "the same given the other sources",
    .compute = information_compute_ncmi,
};

const struct score infom_score = {
    .component = {.name = "infom", .help = "modularity: each latent encodes one source only"},
    .needs_latents = true,
    .compares_sources = true,
    .needs_labels = true,
    .continuous = "linear_infom",
    .matrix = &nmi,
    .compute = score_modularity,
};

const struct score infoc_score = {
    .component = {.name = "infoc",
                  .help = "compactness: each source is encoded by one latent only"},
    .needs_latents = true,
    .needs_labels = true,
    .continuous = "linear_infoc",
    .matrix = &nmi,
    .compute = score_compactness,
};

const struct score cinfom_score = {
    .component = {.name = "cinfom", .help = "modularity, corrected for dependent sources"},
    .needs_latents = true,
    .compares_sources = true,
    .needs_labels = true,
    .continuous = "linear_cinfom",
    .matrix = &ncmi,
    .compute = score_modularity,
};

const struct score cinfoc_score = {
    .component = {.name = "cinfoc", .help = "compactness, corrected for dependent sources"},
    .needs_latents = true,
    .needs_labels = true,
    .continuous = "linear_cinfoc",
    .matrix = &ncmi,
    .compute = score_compactness,
};
