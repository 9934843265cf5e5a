#include "score/reduction.h"

#include <math.h>

static const double ACTIVE_SHARE_OF_LARGEST_RANGE = 0.1;

static double reduction_range_of(const struct score_input *input, size_t j) {
    double low = INFINITY;
    double high = -INFINITY;
    for (size_t n = 0; n < input->samples; n++) {
        low = fmin(low, input->latent[n * input->latents + j]);
        high = fmax(high, input->latent[n * input->latents + j]);
    }
    return high - low;
}

size_t score_active(const struct score_input *input, bool *active) {
    double largest = 0;
    for (size_t j = 0; j < input->latents; j++) {
        largest = fmax(largest, reduction_range_of(input, j));
    }
    size_t count = 0;
    for (size_t j = 0; j < input->latents; j++) {
        active[j] = reduction_range_of(input, j) > ACTIVE_SHARE_OF_LARGEST_RANGE * largest;
        count += active[j];
    }
    return count;
}

/* 0 when `mean_share`, over `partners` partners, is that of chance; 1 when it is 1. */
static double reduction_above_chance(double mean_share, size_t partners) {
    double chance = 1 / (double)partners;
    return (mean_share - chance) / (1 - chance);
}

/* The largest of `count` values, every `stride`-th, over their sum; `counts` tells which count, all
 * where it is NULL. */
static double reduction_largest_share(const double *values, size_t count, size_t stride,
                                      const bool *counts) {
    double largest = 0;
    double sum = 0;
    for (size_t k = 0; k < count; k++) {
        if (counts == NULL || counts[k]) {
            largest = fmax(largest, values[k * stride]);
            sum += values[k * stride];
        }
    }
    return largest / sum;
}

enum status score_modularity(const struct score_input *input, const double *matrix,
                             struct arena *arena, double *value, struct error *error) {
    bool *active;
    TRY(ARENA_NEW(arena, active, input->latents, error));
    size_t count = score_active(input, active);
    double shares = 0;
    for (size_t j = 0; j < input->latents; j++) {
        if (active[j]) {
            shares += reduction_largest_share(matrix + j, input->sources, input->latents, NULL);
        }
    }
    *value = input->sources > 1 && count > 0
                 ? reduction_above_chance(shares / (double)count, input->sources)
                 : NAN;
    return STATUS_OK;
}

enum status score_compactness(const struct score_input *input, const double *matrix,
                              struct arena *arena, double *value, struct error *error) {
    bool *active;
    TRY(ARENA_NEW(arena, active, input->latents, error));
    size_t count = score_active(input, active);
    double shares = 0;
    for (size_t i = 0; i < input->sources; i++) {
        shares += reduction_largest_share(matrix + i * input->latents, input->latents, 1, active);
    }
    *value = count > 1 ? reduction_above_chance(shares / (double)input->sources, count) : NAN;
    return STATUS_OK;
}
