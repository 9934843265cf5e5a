/*
 * How far each latent follows one source's frequency only (figure 3 of arXiv 2410.06232). With
 * a latent's spectrum A over the bins of frequency ≥ 0, its share of source i is
 *
 *     m_ij = Σ A over bins within 0.2 of the source's frequency / Σ A over all bins,
 *
 * and the index compares the largest shares with all of them:
 *
 *     index = (Σ_j max_i m_ij / Σ_ij m_ij − 1/S) / (1 − 1/S).
 *
 * All latents count, active or not. Samples are the steps of one sequence and count alike, since
 * weights have no meaning in a transform over time.
 */
#include "score/score.h"
#include "score/spectrum.h"

#include <math.h>

/* Added to every bin, by the paper's definition; in units of the transform. */
static const double FLOOR = 1e-8;

static const double NEAR = 0.2; /* radians per unit of time */

/* A bin's value: |X|, which the paper calls power, though it is no square; or |Re X|. */
static double frequency_index_measure(double real, double imaginary, bool magnitude) {
    return (magnitude ? fabs(real) : hypot(real, imaginary)) + FLOOR;
}

/* Adds a bin to the totals of latents, and to the shares of the sources that are near. */
static void frequency_index_add_bin(const struct score_input *input,
                                    const struct spectrum *spectrum, size_t bin, bool magnitude,
                                    double *totals, double *values) {
    double frequency = spectrum_frequency(spectrum, bin, input->time_step);
    for (size_t j = 0; j < input->latents; j++) {
        size_t at = bin * input->latents + j;
        double value =
            frequency_index_measure(spectrum->real[at], spectrum->imaginary[at], magnitude);
        totals[j] += value;
        for (size_t i = 0; i < input->sources; i++) {
            values[i * input->latents + j] +=
                fabs(frequency - input->frequencies[i]) <= NEAR ? value : 0.0;
        }
    }
}

static enum status frequency_index_shares(const struct score_input *input, bool magnitude,
                                          struct arena *arena, double *values,
                                          struct error *error) {
    struct spectrum spectrum;
    double *totals;
    const size_t count = input->sources * input->latents;
    bool defined = input->frequencies != NULL && input->time_step > 0.0 && input->samples > 0;
    for (size_t k = 0; k < count; k++) {
        values[k] = defined ? 0.0 : NAN;
    }
    if (!defined) {
        return STATUS_OK;
    }
    TRY(spectrum_make(input->latent, input->samples, input->latents, arena, &spectrum, error));
    TRY(ARENA_NEW(arena, totals, input->latents, error));
    for (size_t bin = 0; bin < spectrum.bins; bin++) {
        frequency_index_add_bin(input, &spectrum, bin, magnitude, totals, values);
    }
    for (size_t k = 0; k < count; k++) {
        values[k] /= totals[k % input->latents];
    }
    return STATUS_OK;
}

static enum status frequency_index_compute_power(const struct score_input *input,
                                                 struct arena *arena, double *values,
                                                 struct error *error) {
    return frequency_index_shares(input, false, arena, values, error);
}

static enum status frequency_index_compute_magnitude(const struct score_input *input,
                                                     struct arena *arena, double *values,
                                                     struct error *error) {
    return frequency_index_shares(input, true, arena, values, error);
}

static enum status frequency_index_compute(const struct score_input *input, const double *matrix,
                                           struct arena *arena, double *value,
                                           struct error *error) {
    (void)arena;
    (void)error;
    double largest = 0.0;
    double total = 0.0;
    for (size_t j = 0; j < input->latents; j++) {
        double most = 0.0;
        for (size_t i = 0; i < input->sources; i++) {
            double share = matrix[i * input->latents + j];
            most = fmax(most, share);
            total += share;
        }
        largest += most;
    }
    double chance = 1.0 / (double)input->sources;
    bool defined = input->sources > 1 && total > 0.0;
    *value = defined ? (largest / total - chance) / (1.0 - chance) : NAN;
    return STATUS_OK;
}

static const struct score_matrix frequency_power = {
    .name = "frequency_power",
    .help = "share of the latent's spectrum |X| that is near the source's frequency",
    .compute = frequency_index_compute_power,
};

static const struct score_matrix frequency_magnitude = {
    .name = "frequency_magnitude",
    .help = "share of the latent's spectrum |Re X| that is near the source's frequency",
    .compute = frequency_index_compute_magnitude,
};

const struct score frequency_index_score = {
    .component = {.name = "frequency_index",
                  .help = "each latent follows the frequency of one source only (by |X|)"},
    .needs_latents = true,
    .needs_frequencies = true,
    .compares_sources = true,
    .matrix = &frequency_power,
    .compute = frequency_index_compute,
};

const struct score frequency_index_magnitude_score = {
    .component = {.name = "frequency_index_magnitude",
                  .help = "each latent follows the frequency of one source only (by |Re X|)"},
    .needs_latents = true,
    .needs_frequencies = true,
    .compares_sources = true,
    .matrix = &frequency_magnitude,
    .compute = frequency_index_compute,
};
